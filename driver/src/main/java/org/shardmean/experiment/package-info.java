/** Scaling experiments: grids of runs, their figures, their history, what they recommend. */
package org.shardmean.experiment;
