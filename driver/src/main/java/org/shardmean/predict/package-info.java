/** A saved network's answers in plain Java, for programs without Spark. */
package org.shardmean.predict;
