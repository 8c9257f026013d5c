package org.shardmean.data;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Which worker trains on which examples: every example belongs to exactly one of K shards.
 *
 * <p>Up to {@link #MOST_LISTED} examples are dealt by class: each class is shuffled, the classes
 * are put one after another, and the examples are given to the workers one by one, in turn. So any
 * two shards differ by at most one example in total, and by at most one in each class.
 *
 * <p>More examples are dealt without any list: all are put in the order of a {@link
 * KeyedPermutation} and given to the workers in turn. So any two shards differ by at most one
 * example in total; a class is spread over them as chance has it.
 *
 * <p>A shard lists its examples in ascending order; a single worker's shard is all of them. Depends
 * only on the labels, the number of workers, the seed and the epoch. Immutable.
 */
public final class ShardAssignment {
  /**
   * The most examples that are dealt by class, held out by class and shuffled in a list. Where
   * there are more, each example's place is computed when it is asked for. Another number gives
   * data of a size between the two other results.
   */
  public static final int MOST_LISTED = 1_000_000;

  private final int count;
  private final int classes;
  private final IntUnaryOperator labels;
  private final int workers;
  private final long seed;
  private final Dealt dealt;

  private ShardAssignment(
      int count, int classes, IntUnaryOperator labels, int workers, long seed, int epoch) {
    this.count = count;
    this.classes = classes;
    this.labels = labels;
    this.workers = workers;
    this.seed = seed;
    this.dealt =
        count <= MOST_LISTED
            ? new Listed(
                deal(
                    ClassOrder.draw(
                        count,
                        classes,
                        labels,
                        c -> Seeds.generator(seed, Seeds.Purpose.SHARDS, epoch, c)),
                    workers))
            : new Computed(count, workers, Seeds.mix(seed, Seeds.Purpose.SHARDS, epoch));
  }

  /** The examples of each worker, as {@link #examplesOf} gives them. */
  private interface Dealt {
    int[] to(int worker);
  }

  private static final class Listed implements Dealt {
    private final int[][] shards;

    Listed(int[][] shards) {
      this.shards = shards;
    }

    @Override
    public int[] to(int worker) {
      return shards[worker].clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Listed that && Arrays.deepEquals(shards, that.shards);
    }

    @Override
    public int hashCode() {
      return Arrays.deepHashCode(shards);
    }
  }

  private record Computed(int count, int workers, long key) implements Dealt {
    @Override
    public int[] to(int worker) {
      if (workers == 1) {
        return IntStream.range(0, count).toArray();
      }
      KeyedPermutation order = new KeyedPermutation(count, key);
      int[] examples = new int[size(count, workers, worker)];
      for (int i = 0; i < examples.length; i++) {
        examples[i] = (int) order.at(worker + (long) i * workers);
      }
      Arrays.sort(examples);
      return examples;
    }
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
   * @param labels the label of example {@code i}, {@code 0 … classes - 1}; called twice for each of
   *     up to {@link #MOST_LISTED} examples, and never where there are more
   * @throws IllegalArgumentException if there is no worker, there are more workers than examples,
   *     or a label that is looked at is out of range
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
    return new ShardAssignment(count, classes, labels, workers, seed, epoch);
  }

  public int workers() {
    return workers;
  }

  /** Examples of all shards together. */
  public int count() {
    return count;
  }

  /** Examples in a worker's shard. */
  public int sizeOf(int worker) {
    return size(count, workers, worker);
  }

  /**
   * The numbers of the examples in a worker's shard, ascending; a copy. Of more than {@link
   * #MOST_LISTED} examples they are worked out now.
   *
   * @throws IndexOutOfBoundsException if there is no such worker
   */
  public int[] examplesOf(int worker) {
    Objects.checkIndex(worker, workers);
    return dealt.to(worker);
  }

  /** Whether both deal the same examples to the same workers. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ShardAssignment that && dealt.equals(that.dealt);
  }

  @Override
  public int hashCode() {
    return dealt.hashCode();
  }

  @Override
  public String toString() {
    return count + " examples in " + workers() + " shards";
  }

  private static int size(int count, int workers, int worker) {
    return (int) (((long) count - worker + workers - 1) / workers);
  }

  /** Gives the example at place {@code p} to worker {@code p mod K}; shards end up ascending. */
  private static int[][] deal(int[] order, int workers) {
    int[] workerOf = new int[order.length];
    for (int place = 0; place < order.length; place++) {
      workerOf[order[place]] = place % workers;
    }
    int[][] shards = new int[workers][];
    for (int worker = 0; worker < workers; worker++) {
      shards[worker] = new int[size(order.length, workers, worker)];
    }
    int[] filled = new int[workers];
    for (int example = 0; example < order.length; example++) {
      int worker = workerOf[example];
      shards[worker][filled[worker]++] = example;
    }
    return shards;
  }
}
