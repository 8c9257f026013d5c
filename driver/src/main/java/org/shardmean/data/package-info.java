/** Examples: reading, checking, drawing and sharing them out. Knows neither Spark nor ND4J. */
package org.shardmean.data;
