package org.shardmean.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.StorageLevel;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.data.ImageSet;
import org.shardmean.data.SelectedExamples;
import org.shardmean.data.ShardAssignment;

/**
 * The examples, dealt out: an RDD with one partition for each worker, in it one packed shard, kept
 * in its executor's memory from round to round.
 *
 * <p>Loaded examples go out as one broadcast for each shard, so that an executor fetches only what
 * it trains on, and fetches it again should it have lost it. Generated ones are drawn where they
 * are needed.
 */
public final class Shards implements AutoCloseable {
  private final JavaSparkContext spark;
  private final RDD<ImageSet> rdd;
  private final List<Broadcast<ImageSet>> sent;
  private final ShardAssignment assignment;

  private Shards(
      JavaSparkContext spark,
      RDD<ImageSet> rdd,
      List<Broadcast<ImageSet>> sent,
      ShardAssignment assignment) {
    this.spark = spark;
    this.rdd = rdd;
    this.sent = sent;
    this.assignment = assignment;
  }

  /**
   * Deals {@code source} out to {@code workers} by class and seed.
   *
   * @param name of what is dealt out, for Spark's storage page
   */
  public static Shards deal(
      JavaSparkContext spark, String name, ExampleSource source, int workers, long seed) {
    return deal(
        spark,
        name,
        source,
        ShardAssignment.of(source, workers, seed),
        new Dealt(workers, seed, 0));
  }

  /** As {@link #deal}, in an order of the epoch's own. */
  public static Shards dealAnew(
      JavaSparkContext spark,
      String name,
      ExampleSource source,
      int workers,
      long seed,
      int epoch) {
    return deal(
        spark,
        name,
        source,
        ShardAssignment.of(source, workers, seed).reshuffled(epoch),
        new Dealt(workers, seed, epoch));
  }

  private static Shards deal(
      JavaSparkContext spark,
      String name,
      ExampleSource source,
      ShardAssignment assignment,
      Dealt dealt) {
    List<Broadcast<ImageSet>> sent = new ArrayList<>();
    List<ShardRdd.Origin> origins = new ArrayList<>();
    for (int worker = 0; worker < assignment.workers(); worker++) {
      if (isDrawn(source)) {
        origins.add(dealt.to(worker, source));
      } else {
        Broadcast<ImageSet> shard = spark.broadcast(source.select(assignment.examplesOf(worker)));
        sent.add(shard);
        origins.add(shard::value);
      }
    }
    RDD<ImageSet> rdd =
        new ShardRdd(spark.sc(), origins).setName(name).persist(StorageLevel.MEMORY_ONLY());
    return new Shards(spark, rdd, sent, assignment);
  }

  /** Works on every shard, each in a task of its own; the answers are in order of worker. */
  public <R> List<R> forEach(ShardWork<R> work) {
    return ShardJob.run(spark, rdd, work);
  }

  public int workers() {
    return assignment.workers();
  }

  /** Examples in the shard of {@code worker}. */
  public int sizeOf(int worker) {
    return assignment.sizeOf(worker);
  }

  /** Makes and keeps every shard now, and says how many examples each executor-held shard has. */
  public List<Integer> materialize() {
    return forEach((worker, shard) -> shard.count());
  }

  /** Gives back the memory, on the executors and here. */
  @Override
  public void close() {
    rdd.unpersist(false);
    sent.forEach(broadcast -> broadcast.destroy());
  }

  private static boolean isDrawn(ExampleSource source) {
    return source instanceof SelectedExamples selected
        ? isDrawn(selected.source())
        : source instanceof GeneratedExamples;
  }

  /** Who gets what, small enough to travel: the executor deals again and takes its own. */
  private record Dealt(int workers, long seed, int epoch) implements Serializable {
    ShardRdd.Origin to(int worker, ExampleSource source) {
      return () -> {
        ShardAssignment assignment = ShardAssignment.of(source, workers, seed);
        ShardAssignment current = epoch == 0 ? assignment : assignment.reshuffled(epoch);
        return source.select(current.examplesOf(worker));
      };
    }
  }
}
