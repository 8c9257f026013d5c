/** Parameter-averaged, data-parallel training of dense networks on Apache Spark. */
package org.shardmean;
