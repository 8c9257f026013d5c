package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.model.Dl4jVersion;
import org.shardmean.run.BuildInfo;
import org.shardmean.run.Environment;
import org.shardmean.run.RunListener;
import org.shardmean.settings.Slots;
import scala.collection.JavaConverters;

/**
 * What a context has to work with when training begins.
 *
 * @param executors that are there; 0 where the driver itself computes
 * @param cores task slots: cores over {@code spark.task.cpus}
 * @param origin where the slots come from, for people
 */
public record Cluster(int executors, int cores, String origin) {
  public Cluster {
    requireNonNull(origin, "origin");
    if (executors < 0 || cores < 1) {
      throw new IllegalArgumentException(
          "expected no negative number of executors and at least 1 task slot, found %d and %d"
              .formatted(executors, cores));
    }
  }

  /** As {@link #of(JavaSparkContext, RunListener)}. It says nothing while it waits. */
  public static Cluster of(JavaSparkContext spark) {
    return of(spark, RunListener.NONE);
  }

  /**
   * Waits for the executors that Spark's settings ask for, and counts their task slots. Where the
   * settings leave the number to the cluster, it waits until no more have joined for two seconds.
   * So late executors change neither the number of workers nor how shards are spread.
   *
   * @param listener hears what is waited for
   * @throws ClusterException if there is no executor after two minutes
   */
  public static Cluster of(JavaSparkContext spark, RunListener listener) {
    return spark.isLocal() ? here(spark) : new ExecutorWait(spark, listener).cluster();
  }

  private static Cluster here(JavaSparkContext spark) {
    return new Cluster(0, slots(spark), "task slots of " + spark.master());
  }

  /** Tasks that can run at once on the executors that are there now. */
  static int slots(JavaSparkContext spark) {
    return spark
        .sc()
        .maxNumConcurrentTasks(spark.sc().resourceProfileManager().defaultResourceProfile());
  }

  /** Executors that are there now: all block managers but the driver's. */
  static int executors(JavaSparkContext spark) {
    return spark.sc().getExecutorMemoryStatus().size() - 1;
  }

  /** Bytes that the executors that are there now could still keep for Spark. */
  static long freeMemory(JavaSparkContext spark) {
    return freeMemories(spark).sum();
  }

  /** Of the executor that could keep least; 0 if there is none. */
  static long leastFreeMemory(JavaSparkContext spark) {
    return freeMemories(spark).min().orElse(0);
  }

  private static LongStream freeMemories(JavaSparkContext spark) {
    String driver = spark.sc().env().blockManager().blockManagerId().hostPort();
    return JavaConverters.mapAsJavaMap(spark.sc().getExecutorMemoryStatus()).entrySet().stream()
        .filter(place -> spark.isLocal() || !place.getKey().equals(driver))
        .mapToLong(place -> (Long) place.getValue()._2());
  }

  /** Its task slots. */
  public Slots slots() {
    return new Slots(cores, origin);
  }

  /** Where a run on it runs. */
  public Environment environment(JavaSparkContext spark) {
    return new Environment(
        System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
        spark.version(),
        Dl4jVersion.VERSION,
        spark.master(),
        executors,
        cores,
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        new Processors(spark).all(),
        BuildInfo.read().commit());
  }
}
