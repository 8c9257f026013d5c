package org.shardmean.tests.benchmark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark contexts for benchmarks that drive Spark themselves. */
final class ClusterContexts {
  private ClusterContexts() {}

  /**
   * A context whose executors run the class path of this JVM.
   *
   * @param cores at most, over all executors
   */
  static JavaSparkContext open(String master, int cores) {
    SparkConf conf =
        new SparkConf()
            .setAppName("benchmark")
            .setMaster(master)
            .set("spark.ui.enabled", "false")
            .set("spark.cores.max", String.valueOf(cores))
            .set("spark.task.maxDirectResultSize", "64m")
            .set("spark.broadcast.compress", "false")
            .set("spark.shuffle.compress", "false")
            .set("spark.broadcast.blockSize", "1400k")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.executor.memory", "2g")
            .set("spark.executor.heartbeatInterval", "1s")
            .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .set("spark.executorEnv.OMP_NUM_THREADS", "1")
            .set("spark.executorEnv.OPENBLAS_NUM_THREADS", "1");
    JavaSparkContext spark = new JavaSparkContext(conf);
    spark.setLogLevel("ERROR");
    return spark;
  }
}
