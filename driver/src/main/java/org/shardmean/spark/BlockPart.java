package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * What the workers of one block did in a round, of one part of the parameters.
 *
 * @param block its number, from 0
 * @param answer of the block's task, cut to the part
 */
record BlockPart(int block, RoundAnswer answer) implements Serializable {
  BlockPart {
    requireNonNull(answer, "answer");
  }
}
