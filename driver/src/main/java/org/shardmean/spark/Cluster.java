package org.shardmean.spark;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.model.Dl4jVersion;
import org.shardmean.run.BuildInfo;
import org.shardmean.run.Environment;
import org.shardmean.settings.Slots;

/** The executors there are when training begins. */
public record Cluster(int executors, int cores) {
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /**
   * What a context has to work with. On a cluster it waits until executors have stopped joining, so
   * that shards are spread over all of them and not heaped on the first; at most half a minute.
   */
  public static Cluster of(JavaSparkContext spark) {
    if (spark.isLocal()) {
      return new Cluster(0, spark.defaultParallelism());
    }
    long began = System.nanoTime();
    long changed = began;
    int seen = 0;
    while (System.nanoTime() - began < PATIENCE_NANOS
        && (seen == 0 || System.nanoTime() - changed < QUIET_NANOS)) {
      int now = executors(spark);
      if (now != seen) {
        changed = System.nanoTime();
        seen = now;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    return new Cluster(seen, Math.max(1, spark.defaultParallelism()));
  }

  /** Its task slots. */
  public Slots slots() {
    return new Slots(cores, "the cluster's task slots");
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
        Processors.of(spark, cores),
        BuildInfo.read().commit());
  }

  /** All block managers but the driver's. */
  private static int executors(JavaSparkContext spark) {
    return spark.sc().getExecutorMemoryStatus().size() - 1;
  }
}
