/** DL4J's Spark training and Spark MLlib's perceptron, as rivals of a comparison. */
package org.shardmean.rivals;
