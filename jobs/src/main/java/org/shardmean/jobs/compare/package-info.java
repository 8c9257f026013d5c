/** The job that trains Shardmean and its rivals on the same data. */
package org.shardmean.jobs.compare;
