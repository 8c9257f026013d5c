package org.shardmean.comparison;

import org.apache.spark.api.java.JavaSparkContext;

/**
 * A library that trains rivals. Its jar comes in only for the job {@code compare}, which finds it
 * with {@link java.util.ServiceLoader}.
 */
public interface RivalLibrary {

  /** Whether it trains this one. */
  boolean trains(Rival rival);

  /**
   * Trains once. Its clock starts when the images are in the driver's memory, Spark runs and the
   * libraries are loaded; it stands still while the network is scored.
   *
   * @param course hears of settings, preparation and milestones as they come
   * @throws Exception whatever stops it; the milestones until then count
   */
  void train(Rival rival, JavaSparkContext spark, Lesson lesson, Course.Listener course)
      throws Exception;
}
