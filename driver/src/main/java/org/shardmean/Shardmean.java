package org.shardmean;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.shardmean.model.SavedModel;
import org.shardmean.spark.PredictFunction;

/** Spark, set up for training, and taught what a trained network says. */
public final class Shardmean {
  private Shardmean() {}

  /**
   * Spark in this JVM, with as many task slots as the machine has cores; close it after use. On
   * Java 17 the JVM needs the flags that Spark lists in {@code JavaModuleOptions}; {@code
   * spark-submit} sets them.
   *
   * @param name of the application, for people
   */
  public static JavaSparkContext localContext(String name) {
    return new JavaSparkContext(endOnlyTasksOfFullMemory(conf(name).setMaster("local[*]")));
  }

  /**
   * Spark's own settings, and beneath them those that keep rounds fast; for a context on a cluster.
   *
   * @param name of the application, for people
   */
  public static SparkConf conf(String name) {
    return new SparkConf()
        .setAppName(name)
        // On a cluster a result with Adam's moments is 1.3 MB; above the limit it goes the slow
        // way.
        .setIfMissing("spark.task.maxDirectResultSize", "64m")
        // Parameters hardly compress.
        .setIfMissing("spark.broadcast.compress", "false")
        .setIfMissing("spark.shuffle.compress", "false")
        // One block holds the state of 784-128-64-10; a larger one is zeroed for every task too.
        .setIfMissing("spark.broadcast.blockSize", "1400k")
        // Spark waits so long, twice, for an executor with a task's shard, even if it is gone.
        .setIfMissing("spark.locality.wait", "200ms")
        // Shards are most of what an executor holds.
        .setIfMissing("spark.memory.fraction", "0.8");
  }

  /**
   * On one machine, where tasks run in the driver's JVM, lets a task that finds memory full fail as
   * by any other error. Spark's own way is to end the JVM, which is right for an executor.
   *
   * @return {@code conf}, changed
   */
  public static SparkConf endOnlyTasksOfFullMemory(SparkConf conf) {
    return conf.get("spark.master", "").startsWith("local")
        ? conf.setIfMissing("spark.executor.killOnFatalError.depth", "0")
        : conf;
  }

  /**
   * Registers a saved network as a function of Spark SQL, for this session:
   *
   * <pre>{@code
   * Shardmean.registerPredict(spark, "digit", "runs/demo/model.zip");
   * spark.sql("SELECT digit(pixels).predicted FROM images");
   * }</pre>
   *
   * Its argument is a {@code binary} of an image's bytes row by row, or an {@code array} of numbers
   * as the network's first layer takes them (a pixel divided by 255). It gives a {@code
   * struct<predicted:int, probabilities:array<float>>}, and null of null.
   *
   * @param function its name in SQL
   * @param model path of a {@code model.zip}, on any of Hadoop's file systems
   * @throws org.shardmean.data.DataException if it is no such file
   */
  public static void registerPredict(SparkSession spark, String function, String model) {
    registerPredict(
        spark, function, SavedModel.read(model, spark.sparkContext().hadoopConfiguration()));
  }

  /** As {@link #registerPredict(SparkSession, String, String)}, of a network in memory. */
  public static void registerPredict(SparkSession spark, String function, SavedModel model) {
    PredictFunction.register(spark, function, model);
  }
}
