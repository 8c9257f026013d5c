/** The figures of scaling by their field's definitions: pure functions, no Spark, no files. */
package org.shardmean.experiment.statistics;
