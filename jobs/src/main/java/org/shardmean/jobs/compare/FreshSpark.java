package org.shardmean.jobs.compare;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.Shardmean;

/**
 * A Spark application for each contender, one at a time, so that none finds the executors of
 * another. A driver that runs on the cluster has only one.
 */
final class FreshSpark implements AutoCloseable {
  private final String title;
  private final Function<SparkConf, JavaSparkContext> opening;
  private Optional<JavaSparkContext> spark = Optional.empty();

  /**
   * @param title of the applications, for people
   * @param opening starts one
   */
  FreshSpark(String title, Function<SparkConf, JavaSparkContext> opening) {
    this.title = requireNonNull(title, "title");
    this.opening = requireNonNull(opening, "opening");
  }

  /** Whether there is only one for all. */
  boolean isOneForAll() {
    return Shardmean.conf(title).get("spark.submit.deployMode", "client").equals("cluster");
  }

  /** A new application where there may be one; the one before has ended. */
  JavaSparkContext next() {
    if (spark.isEmpty() || !isOneForAll() || spark.get().sc().isStopped()) {
      close();
      spark = Optional.of(opening.apply(Shardmean.conf(title)));
    }
    return spark.get();
  }

  @Override
  public void close() {
    spark.ifPresent(JavaSparkContext::close);
    spark = Optional.empty();
  }
}
