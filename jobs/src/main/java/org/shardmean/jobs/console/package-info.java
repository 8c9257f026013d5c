/** Text for a terminal that several jobs print. */
package org.shardmean.jobs.console;
