package org.shardmean.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunConfig;

/** Whether a round's states fit where they must. */
final class RoundSize {
  private RoundSize() {}

  /**
   * Refuses a network whose rounds cannot work, before anything is started.
   *
   * @throws ConfigurationException if the states that come back in a round are more than Spark
   *     allows, or those that are held at once are more than the heap of the driver or of an
   *     executor
   */
  static void require(JavaSparkContext spark, RunConfig config, Cluster cluster) {
    int executors = Math.max(1, cluster.executors());
    RoundMemory memory = RoundMemory.of(config, cluster.cores(), executors);
    List<String> problems = new ArrayList<>();
    requireResults(spark.getConf(), memory, problems);
    long heap = Runtime.getRuntime().maxMemory();
    if (spark.isLocal()) {
      requireHeap("this process", memory.both(), heap, "--driver-memory", problems);
    } else {
      long executor = spark.getConf().getSizeAsBytes("spark.executor.memory", "1g");
      requireHeap("the driver", memory.driver(), heap, "--driver-memory", problems);
      requireHeap("each executor", memory.executor(), executor, "--executor-memory", problems);
    }
    if (!problems.isEmpty()) {
      String network = "%,d parameters: ".formatted(config.model().parameters());
      throw new ConfigurationException(problems.stream().map(network::concat).toList());
    }
  }

  private static void requireResults(SparkConf conf, RoundMemory memory, List<String> problems) {
    long allowed = conf.getSizeAsBytes("spark.driver.maxResultSize", "1g"); // 0 for no limit.
    if (allowed > 0 && memory.back() > allowed) {
      problems.add(
          "expected a round's results to be at most spark.driver.maxResultSize, %.1f MiB, found %.1f MiB; give --conf spark.driver.maxResultSize=%.0fm, or a smaller network"
              .formatted(mib(allowed), mib(memory.back()), Math.ceil(1.1 * mib(memory.back()))));
    }
  }

  private static void requireHeap(
      String where, long needed, long heap, String option, List<String> problems) {
    if (needed > heap) {
      problems.add(
          "expected %s to have a heap for a round's states, %.0f MiB, found %.0f MiB; give %s %.0fm, a smaller network, or fewer bits with --wire"
              .formatted(where, mib(needed), mib(heap), option, Math.ceil(1.05 * mib(needed))));
    }
  }

  private static double mib(long bytes) {
    return bytes / 1024.0 / 1024.0;
  }
}
