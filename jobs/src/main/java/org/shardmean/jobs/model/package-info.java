/** Jobs that use a saved model: {@code evaluate}, {@code predict} and {@code inspect}. */
package org.shardmean.jobs.model;
