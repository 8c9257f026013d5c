/** Ours and its rivals on the same data: who trains them, how they did, and the page about it. */
package org.shardmean.comparison;
