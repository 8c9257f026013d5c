package org.shardmean.spark;

import java.io.Serializable;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.ShardAssignment;

/**
 * The rule by which a source's examples are divided into shards. It is small enough to travel in a
 * task: an executor that draws its examples follows the rule again and takes its own.
 */
public sealed interface Dealing extends Serializable {

  /** How many shards. */
  int shards();

  /**
   * The numbers of the examples in each shard.
   *
   * @return for the number of a shard, those of its examples, ascending
   * @throws IllegalArgumentException if there are more shards than examples
   */
  IntFunction<int[]> of(ExampleSource source);

  /**
   * For training: drawn at random, and up to {@link ShardAssignment#MOST_LISTED} examples with each
   * class spread evenly over the workers. Of more examples only a shard's own numbers are worked
   * out, when the shard is asked for.
   *
   * @param epoch 0, or the epoch that has an assignment of its own
   */
  record ByClass(int shards, long seed, int epoch) implements Dealing {
    @Override
    public IntFunction<int[]> of(ExampleSource source) {
      ShardAssignment first = ShardAssignment.of(source, shards, seed);
      return epoch == 0 ? first::examplesOf : first.reshuffled(epoch)::examplesOf;
    }
  }

  /** Where each example is only looked at: neighbours stay together. */
  record InOrder(int shards) implements Dealing {
    @Override
    public IntFunction<int[]> of(ExampleSource source) {
      int count = source.count();
      return shard -> IntStream.range(first(shard, count), first(shard + 1, count)).toArray();
    }

    /** The first example of a shard, of {@code count} in all. */
    int first(int shard, int count) {
      return (int) ((long) count * shard / shards);
    }
  }
}
