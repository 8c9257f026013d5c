/** The entry point: the list of jobs. */
package org.shardmean.jobs;
