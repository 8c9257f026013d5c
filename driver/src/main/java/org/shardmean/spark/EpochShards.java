package org.shardmean.spark;

import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.data.ExampleSource;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunListener;

/** The shards of the current epoch: the same throughout, or drawn again for each epoch. */
final class EpochShards implements AutoCloseable {
  /** What Spark calls it. */
  static final String SHARDING = "sharding the training examples";

  private final JavaSparkContext spark;
  private final RunConfig config;
  private final ExampleSource examples;
  private final Cluster cluster;
  private final RunListener listener;
  private int shuffle;
  private Shards current;

  /**
   * Divides the examples; nothing is sent yet.
   *
   * @param epoch that training goes on with, from 1
   */
  EpochShards(
      JavaSparkContext spark,
      RunConfig config,
      ExampleSource examples,
      Cluster cluster,
      RunListener listener,
      int epoch) {
    this.spark = spark;
    this.config = config;
    this.examples = examples;
    this.cluster = cluster;
    this.listener = listener;
    this.shuffle = shuffleOf(epoch);
    this.current = shards();
  }

  /**
   * The shards to train on in {@code epoch}, from 1. They are sent again, and those of the epoch
   * before given back, where they are drawn again, and where executors were lost or have joined and
   * some of them now hold more than their share.
   */
  Shards of(int epoch) {
    if (shuffleOf(epoch) != shuffle || current.areUneven()) {
      current.close();
      shuffle = shuffleOf(epoch);
      current = shards();
      keep("epoch " + epoch + " · " + SHARDING);
    }
    return current;
  }

  @Override
  public void close() {
    current.close();
  }

  /** Which division of the examples an epoch trains on, from 0. */
  private int shuffleOf(int epoch) {
    return config.averaging().reshuffle() ? epoch - 1 : 0;
  }

  private Shards shards() {
    int workers = config.averaging().workers();
    Dealing dealing = new Dealing.ByClass(workers, config.seed(), shuffle);
    return new Shards(spark, "training", examples, dealing, cluster.cores());
  }

  /** Sends the shards to the executors, by a job, and keeps them there. */
  void keep() {
    keep(SHARDING);
  }

  private void keep(String description) {
    spark.setJobDescription(description);
    current.keep();
    long onDisk = current.bytesOnDisk();
    if (onDisk > 0) {
      listener.notice(
          "%,d MB of the training examples do not fit in the executors' memory and are read from disk in every round; raise --executor-memory, or --driver-memory on local[*]"
              .formatted((onDisk + 999_999) / 1_000_000));
    }
  }
}
