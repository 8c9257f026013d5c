package org.shardmean.average;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive workers, which one task trains.
 *
 * @param first the first worker's number, from 0
 * @param end one past the last worker's number, above {@code first}
 */
public record Block(int first, int end) implements Serializable {
  /** A block may be longer than an even one by this part of it, to save partial sums. */
  private static final int SLACK = 8;

  public Block {
    if (first < 0 || end <= first) {
      throw new IllegalArgumentException(
          "a block must begin at 0 or later and hold a worker, found %d to %d"
              .formatted(first, end));
    }
  }

  /** Workers in it. */
  public int size() {
    return end - first;
  }

  /**
   * Cuts the workers {@code 0 … workers - 1} into blocks for at most {@code slots} tasks at a time.
   * The blocks are as even as whole workers allow, or nearly so: where moving a border by little
   * makes it a border of larger subtrees of {@link SumTree}, it is moved, for then a task has fewer
   * partial sums to send. No result depends on the cut.
   *
   * @param workers at least 1
   * @param slots tasks that can run at once, at least 1
   * @return the blocks in order, each worker in exactly one
   */
  public static List<Block> cut(int workers, int slots) {
    int longest = (workers - 1) / slots + 1;
    int blocks = (workers - 1) / longest + 1;
    for (int grain = Integer.highestOneBit(longest); grain > 1; grain /= 2) {
      List<Block> cut = cutAtMultiples(workers, blocks, grain);
      if (cut.stream().allMatch(block -> block.size() <= longest + longest / SLACK)) {
        return cut;
      }
    }
    return cutAtMultiples(workers, blocks, 1);
  }

  /** Even blocks, but for borders that are rounded to multiples of {@code grain}. */
  private static List<Block> cutAtMultiples(int workers, int blocks, int grain) {
    List<Block> cut = new ArrayList<>();
    int first = 0;
    for (int block = 1; block <= blocks; block++) {
      double even = (double) workers * block / blocks;
      int end = block == blocks ? workers : (int) Math.round(even / grain) * grain;
      if (first < end) {
        cut.add(new Block(first, end));
        first = end;
      }
    }
    return cut;
  }
}
