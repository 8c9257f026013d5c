/** How far a run has come, kept in its folder; and whose folder that is. */
package org.shardmean.checkpoint;
