package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import org.shardmean.average.CodedSum;

/**
 * What the workers of one block did in a round, of one part of the parameters.
 *
 * @param block its number, from 0
 * @param sums the block's partial sums, in order
 * @param executor where the block was trained
 */
record BlockPart(int block, List<CodedSum> sums, String executor) implements Serializable {
  BlockPart {
    sums = List.copyOf(sums);
    requireNonNull(executor, "executor");
  }

  /** Seconds that the block's task spent in local steps. */
  double seconds() {
    return sums.stream().mapToDouble(CodedSum::seconds).sum();
  }
}
