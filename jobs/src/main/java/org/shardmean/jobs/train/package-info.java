/** {@code train}: its progress on the console, and a stop that loses nothing. */
package org.shardmean.jobs.train;
