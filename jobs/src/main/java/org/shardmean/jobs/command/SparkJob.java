package org.shardmean.jobs.command;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.Shardmean;
import org.shardmean.run.ConfigurationException;
import org.shardmean.settings.GivenSettings;
import org.shardmean.spark.ClusterSecret;

/** A job that uses Spark, which is started before it and stopped after it. */
public interface SparkJob extends Job {

  /**
   * Does the job.
   *
   * @throws Exception as {@link Job#run}
   */
  void run(JavaSparkContext spark, GivenSettings given) throws Exception;

  /** What Spark's pages call it. */
  default String title(GivenSettings given) {
    return name();
  }

  @Override
  default void run(GivenSettings given) throws Exception {
    try (JavaSparkContext spark = open(title(given), given)) {
      run(spark, given);
    }
  }

  /** Starts Spark; from then on it logs stack traces only with {@code --stacktrace}. */
  static JavaSparkContext open(String title, GivenSettings given) {
    return open(Shardmean.conf("shardmean " + title), given);
  }

  /** As {@link #open(String, GivenSettings)}, with settings of Spark's own. */
  static JavaSparkContext open(SparkConf conf, GivenSettings given) {
    ClusterSecret.agree(conf);
    Shardmean.endOnlyTasksOfFullMemory(conf);
    boolean isPlain = !given.isOn(GeneralSettings.STACKTRACE);
    SparkLog.set(given); // For the start, which sets up logging again.
    if (isPlain) {
      SparkLog.hideStart();
    }
    JavaSparkContext spark = started(conf);
    SparkLog.set(given);
    if (isPlain) {
      SparkLog.hideStackTraces();
    }
    return spark;
  }

  private static JavaSparkContext started(SparkConf conf) {
    try {
      return new JavaSparkContext(conf);
    } catch (IllegalArgumentException e) { // A setting of Spark's, such as too little memory.
      throw new ConfigurationException("Spark: " + e.getMessage());
    }
  }
}
