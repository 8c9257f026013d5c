/** The main path: the averaging loop on the driver and what it sends to the executors. */
package org.shardmean.spark;
