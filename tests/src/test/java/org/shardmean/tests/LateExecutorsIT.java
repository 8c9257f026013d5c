package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.run.RunListener;
import org.shardmean.settings.Slots;
import org.shardmean.spark.Cluster;

/** The number of workers that follows from a cluster does not depend on when executors come. */
class LateExecutorsIT {
  @TempDir Path folder;

  @Test
  void theExecutorsThatWereAskedForAreWaitedFor() throws Exception {
    try (StandaloneCluster standalone = StandaloneCluster.start(1, folder)) {
      List<String> heard = new ArrayList<>();
      CompletableFuture<Void> late = new CompletableFuture<>();
      SparkConf conf = conf(standalone).set("spark.cores.max", "2");
      try (JavaSparkContext spark = new JavaSparkContext(conf)) {
        Cluster cluster =
            Cluster.of(
                spark,
                new RunListener() {
                  @Override
                  public void waiting(String whatFor) {
                    heard.add(whatFor);
                    add(standalone, late);
                  }
                });
        late.get();

        assertEquals(new Slots(2, "task slots asked for by spark.cores.max = 2"), cluster.slots());
        assertEquals(2, cluster.executors());
        assertTrue(heard.get(0).startsWith("Waiting at most 120 s for 2 task slots"), heard.get(0));
      }

      dynamicAllocationThatStartsWithNoneHasOne(standalone);
    }
  }

  /** The second machine comes only once the first one has been waited with for a while. */
  private void add(StandaloneCluster standalone, CompletableFuture<Void> done) {
    new Thread(
            () -> {
              try {
                standalone.add(1, folder);
                done.complete(null);
              } catch (Exception | AssertionError e) {
                done.completeExceptionally(e);
              }
            })
        .start();
  }

  private static void dynamicAllocationThatStartsWithNoneHasOne(StandaloneCluster standalone) {
    SparkConf conf =
        conf(standalone)
            .set("spark.dynamicAllocation.enabled", "true")
            .set("spark.dynamicAllocation.shuffleTracking.enabled", "true")
            .set("spark.executor.cores", "1");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      assertEquals(
          new Slots(1, "task slots asked for by dynamic allocation that starts with none"),
          Cluster.of(spark).slots());
    }
  }

  private static SparkConf conf(StandaloneCluster standalone) {
    return new SparkConf()
        .setAppName("late")
        .setMaster(standalone.master())
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1")
        .set("spark.ui.enabled", "false")
        .set("spark.default.parallelism", "400")
        .set("spark.executor.memory", "512m");
  }
}
