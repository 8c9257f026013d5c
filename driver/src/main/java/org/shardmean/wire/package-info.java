/**
 * How numbers cross between driver and executors: as they are, or in fewer bits. What is coded is
 * smaller and differs a little from what it was; by how much depends on the numbers and a seed
 * alone, so every result stays reproducible.
 */
package org.shardmean.wire;
