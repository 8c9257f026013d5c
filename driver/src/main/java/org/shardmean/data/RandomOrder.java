package org.shardmean.data;

import java.util.SplittableRandom;

/**
 * The numbers {@code 0 … count - 1} in an order drawn at random, in which a worker goes through its
 * shard in an epoch. Up to {@link ShardAssignment#MOST_LISTED} they are a list, shuffled as Fisher
 * and Yates do; of more, each is computed when it is asked for ({@link KeyedPermutation}).
 *
 * <p>Depends on count and seed alone. Immutable.
 */
public final class RandomOrder {
  private final int count;
  private final long seed;
  private final int[] listed;
  private final KeyedPermutation computed;

  /**
   * An order.
   *
   * @param count how many numbers, at least 0
   */
  public RandomOrder(int count, long seed) {
    this.count = count;
    this.seed = seed;
    boolean isListed = count <= ShardAssignment.MOST_LISTED;
    this.listed = isListed ? Seeds.permutation(count, new SplittableRandom(seed)) : null;
    this.computed = isListed ? null : new KeyedPermutation(count, seed);
  }

  /** Whether this is the order of so many numbers by this seed. */
  public boolean isOf(int numbers, long itsSeed) {
    return count == numbers && seed == itsSeed;
  }

  /** How many numbers. */
  public int count() {
    return count;
  }

  /**
   * Some of the order.
   *
   * @param from the first place, from 0
   * @param places how many
   * @return the numbers at these places, a copy
   * @throws IndexOutOfBoundsException if the order has not so many places
   */
  public int[] copy(int from, int places) {
    int[] into = new int[places];
    copyInto(from, into, places);
    return into;
  }

  /** As {@link #copy}, to the beginning of {@code into}. */
  public void copyInto(int from, int[] into, int places) {
    if (listed != null) {
      System.arraycopy(listed, from, into, 0, places);
      return;
    }
    for (int i = 0; i < places; i++) {
      into[i] = (int) computed.at(from + i);
    }
  }
}
