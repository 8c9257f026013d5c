/** Experiments: {@code grid} runs one, {@code plan} forecasts a training. */
package org.shardmean.jobs.grid;
