/** One run: its configuration, its records and its directory. */
package org.shardmean.run;
