package org.shardmean.tests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;

/** Fills the driver's memory in epoch 2 and does not give it back. */
public final class FullMemory implements SparkPlugin {
  /** Whether whatever is given back afterwards is taken, too. */
  static final String GREEDY = "spark.shardmean.greedy";

  /**
   * More than any array of the run, and less than half a region of G1, which it would look for
   * elsewhere. So the filler meets the full memory first and stops; should the driver be first, the
   * filler would take the driver's reserve too.
   */
  private static final int PIECE = 480 << 10;

  private static final List<byte[]> HELD = new ArrayList<>();

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public Map<String, String> init(SparkContext spark, PluginContext context) {
        boolean greedy = spark.conf().getBoolean(GREEDY, false);
        spark.addSparkListener(
            new SparkListener() {
              @Override
              public void onJobStart(SparkListenerJobStart start) {
                fillIn(start.properties().getProperty("spark.job.description", ""), greedy);
              }
            });
        return Map.of();
      }
    };
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return null;
  }

  private static void fillIn(String job, boolean greedy) {
    if (job.equals("epoch 2 · round 1") && HELD.isEmpty()) {
      HELD.add(new byte[PIECE]);
      Thread filler = new Thread(() -> fill(greedy), "fills the memory");
      filler.setDaemon(true);
      filler.start();
    }
  }

  private static void fill(boolean greedy) {
    boolean isFull = false;
    while (greedy || !isFull) {
      try {
        HELD.add(new byte[PIECE]);
      } catch (OutOfMemoryError e) {
        isFull = true;
      }
    }
  }
}
