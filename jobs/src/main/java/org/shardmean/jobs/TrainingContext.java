package org.shardmean.jobs;

import org.apache.spark.SparkConf;

/** What Spark is told where it trains, however it is started. */
final class TrainingContext {
  private TrainingContext() {}

  /** The settings given, and beneath them those that keep rounds fast. */
  static SparkConf conf(String name) {
    return new SparkConf()
        .setAppName(name)
        // On a cluster a result with Adam's moments is 1.3 MB; above the limit it goes the slow
        // way.
        .setIfMissing("spark.task.maxDirectResultSize", "64m")
        // Parameters hardly compress.
        .setIfMissing("spark.broadcast.compress", "false")
        // One block holds the state of 784-128-64-10; a larger one is zeroed for every task too.
        .setIfMissing("spark.broadcast.blockSize", "1400k")
        // Shards are most of what an executor holds.
        .setIfMissing("spark.memory.fraction", "0.8");
  }
}
