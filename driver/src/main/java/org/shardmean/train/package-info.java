/** What happens on one worker: a local trainer and the engines that compute its steps. */
package org.shardmean.train;
