package org.shardmean.spark;

import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.average.AveragingSettings;
import org.shardmean.data.ExampleSource;
import org.shardmean.run.RunConfig;

/** The shards of the epoch at hand: the same throughout, or dealt out anew for each epoch. */
final class EpochShards implements AutoCloseable {
  private final JavaSparkContext spark;
  private final AveragingSettings settings;
  private final long seed;
  private final ExampleSource examples;
  private Shards current;

  EpochShards(JavaSparkContext spark, RunConfig config, ExampleSource examples) {
    this.spark = spark;
    this.settings = config.averaging();
    this.seed = config.seed();
    this.examples = examples;
    spark.setJobDescription("dealing out the training examples");
    this.current = Shards.deal(spark, "training", examples, settings.workers(), seed);
    current.materialize();
  }

  /** The shards to train on in {@code epoch}, from 1. Those of the epoch before are given back. */
  Shards of(int epoch) {
    if (settings.reshuffle() && epoch > 1) {
      current.close();
      current = Shards.dealAnew(spark, "training", examples, settings.workers(), seed, epoch - 1);
    }
    return current;
  }

  @Override
  public void close() {
    current.close();
  }
}
