/** Estimators and models for Spark ML, over {@link org.shardmean.Training}. */
package org.shardmean.ml;
