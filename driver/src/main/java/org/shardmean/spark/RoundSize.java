package org.shardmean.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.average.AveragingSettings;
import org.shardmean.average.Block;
import org.shardmean.average.MomentPolicy;
import org.shardmean.average.SumTree;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunConfig;
import org.shardmean.wire.WireFormat;

/** How much of a round's states the driver must hold at once. */
final class RoundSize {
  private RoundSize() {}

  /**
   * Refuses a network whose rounds cannot work, before anything is started.
   *
   * @throws ConfigurationException if the states that come back in a round are more than Spark
   *     allows, or more than the driver's heap
   */
  static void require(JavaSparkContext spark, RunConfig config, Cluster cluster) {
    long back = bytesBack(config, cluster.cores());
    long needed = back + 2 * stateBytes(config);
    long allowed = maxResultSize(spark.getConf());
    long heap = Runtime.getRuntime().maxMemory();
    List<String> problems = new ArrayList<>();
    String network = "%,d parameters".formatted(config.model().parameters());
    if (allowed > 0 && back > allowed) {
      problems.add(
          "%s: expected a round's results to be at most spark.driver.maxResultSize, %.1f MiB, found %.1f MiB; give --conf spark.driver.maxResultSize=%.0fm, or a smaller network"
              .formatted(network, mib(allowed), mib(back), Math.ceil(1.1 * mib(back))));
    }
    if (needed > heap) {
      problems.add(
          "%s: expected a round's states to fit in the driver's heap, %.1f MiB, found %.1f MiB; raise --driver-memory, or give a smaller network"
              .formatted(network, mib(heap), mib(needed)));
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  /** Bytes that all tasks of a round send back, on a cluster with so many task slots. */
  static long bytesBack(RunConfig config, int slots) {
    AveragingSettings averaging = config.averaging();
    SumTree tree = new SumTree(averaging.workers());
    long sums = 0;
    for (Block block : Block.cut(averaging.workers(), slots)) {
      sums += tree.partialSums(block, worker -> 1, Integer::sum).size();
    }
    long own = averaging.moments() == MomentPolicy.KEPT ? averaging.workers() : 0;
    boolean averaged = averaging.moments() == MomentPolicy.AVERAGED;
    int parameters = config.model().parameters();
    WireFormat wire = averaging.wire();
    return sums * wire.bytesOfBack(parameters, averaged ? moments(config) : 0)
        + own * wire.bytesOfBack(0, moments(config));
  }

  private static long stateBytes(RunConfig config) {
    return WireFormat.FLOAT32.bytesOfStart(config.model().parameters(), moments(config));
  }

  private static int moments(RunConfig config) {
    return config.model().parameters() * config.local().optimizer().moments();
  }

  /** In bytes; 0 for no limit. */
  private static long maxResultSize(SparkConf conf) {
    return conf.getSizeAsBytes("spark.driver.maxResultSize", "1g");
  }

  private static double mib(long bytes) {
    return bytes / 1024.0 / 1024.0;
  }
}
