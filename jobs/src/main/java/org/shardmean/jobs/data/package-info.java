/** Loads the data that {@code --data} names, and shows a download. */
package org.shardmean.jobs.data;
