package org.shardmean.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark inside the test's own JVM. */
public final class LocalSpark {
  private LocalSpark() {}

  /** A context with so many task slots; the test closes it. */
  public static JavaSparkContext withCores(int cores) {
    return new JavaSparkContext(conf(cores));
  }

  /** Its settings. */
  static SparkConf conf(int cores) {
    return new SparkConf()
        .setMaster("local[" + cores + "]")
        .setAppName("test")
        .set("spark.ui.enabled", "false")
        .set("spark.task.maxDirectResultSize", "64m");
  }
}
