package org.shardmean.data;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Which worker trains on which examples: every example belongs to exactly one of K shards.
 *
 * <p>Each class is shuffled, the classes are put one after another, and the examples are given to
 * the workers one by one, in turn. So any two shards differ by at most one example in total, and by
 * at most one in each class. A shard lists its examples in ascending order; a single worker's shard
 * is all of them.
 *
 * <p>Depends only on the labels, the number of workers, the seed and the epoch. Immutable.
 */
public final class ShardAssignment {
  private final int classes;
  private final IntUnaryOperator labels;
  private final long seed;
  private final int count;
  private final int[][] shards;

  private ShardAssignment(
      int count, int classes, IntUnaryOperator labels, int workers, long seed, int epoch) {
    this.count = count;
    this.classes = classes;
    this.labels = labels;
    this.seed = seed;
    int[] order =
        ClassOrder.draw(
            count, classes, labels, c -> Seeds.generator(seed, Seeds.Purpose.SHARDS, epoch, c));
    this.shards = deal(order, workers);
  }

  /**
   * The shards of a run.
   *
   * @throws IllegalArgumentException if there is no worker, or there are more workers than examples
   */
  public static ShardAssignment of(ExampleSource source, int workers, long seed) {
    requireNonNull(source, "source");
    return of(source.count(), source.classes(), source::label, workers, seed);
  }

  /**
   * The shards of {@code count} examples of which only the labels are known.
   *
   * @param labels the label of example {@code i}, {@code 0 … classes - 1}; called twice for each
   * @throws IllegalArgumentException if there is no worker, there are more workers than examples,
   *     or a label is out of range
   */
  public static ShardAssignment of(
      int count, int classes, IntUnaryOperator labels, int workers, long seed) {
    requireNonNull(labels, "labels");
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1, found " + workers);
    }
    if (workers > count) {
      throw new IllegalArgumentException(
          "workers must be at most the number of training images, %d, found %d"
              .formatted(count, workers));
    }
    return new ShardAssignment(count, classes, labels, workers, seed, 0);
  }

  /**
   * Another assignment of the same examples, for an epoch; epoch 0 is the assignment that {@link
   * #of} gives.
   *
   * @throws IllegalArgumentException if the epoch is negative
   */
  public ShardAssignment reshuffled(int epoch) {
    if (epoch < 0) {
      throw new IllegalArgumentException("epoch must not be negative, found " + epoch);
    }
    return new ShardAssignment(count, classes, labels, workers(), seed, epoch);
  }

  public int workers() {
    return shards.length;
  }

  /** Examples of all shards together. */
  public int count() {
    return count;
  }

  /** Examples in a worker's shard. */
  public int sizeOf(int worker) {
    return shards[worker].length;
  }

  /** The numbers of the examples in a worker's shard, ascending; a copy. */
  public int[] examplesOf(int worker) {
    return shards[worker].clone();
  }

  /** Whether both deal the same examples to the same workers. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ShardAssignment that && Arrays.deepEquals(shards, that.shards);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(shards);
  }

  @Override
  public String toString() {
    return count + " examples in " + workers() + " shards";
  }

  /** Gives the example at place {@code p} to worker {@code p mod K}; shards end up ascending. */
  private static int[][] deal(int[] order, int workers) {
    int[] workerOf = new int[order.length];
    for (int place = 0; place < order.length; place++) {
      workerOf[order[place]] = place % workers;
    }
    int[][] shards = new int[workers][];
    for (int worker = 0; worker < workers; worker++) {
      shards[worker] = new int[(order.length - worker + workers - 1) / workers];
    }
    int[] filled = new int[workers];
    for (int example = 0; example < order.length; example++) {
      int worker = workerOf[example];
      shards[worker][filled[worker]++] = example;
    }
    return shards;
  }
}
