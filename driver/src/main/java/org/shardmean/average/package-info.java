/** What the driver does with the workers' results: the weighted mean and the outer step. */
package org.shardmean.average;
