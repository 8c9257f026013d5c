/** Measures how fast things are, side by side in one run; never part of the tests. */
package org.shardmean.tests.benchmark;
