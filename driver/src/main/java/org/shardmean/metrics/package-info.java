/** Counts that say how well a network does; all of them can be merged. */
package org.shardmean.metrics;
