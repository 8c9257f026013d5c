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
  private static final int PIECE = 1 << 14;
  private static final List<byte[]> HELD = new ArrayList<>();

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public Map<String, String> init(SparkContext spark, PluginContext context) {
        spark.addSparkListener(
            new SparkListener() {
              @Override
              public void onJobStart(SparkListenerJobStart start) {
                fillIn(start.properties().getProperty("spark.job.description", ""));
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

  private static void fillIn(String job) {
    if (job.equals("epoch 2 · round 1") && HELD.isEmpty()) {
      HELD.add(new byte[PIECE]);
      Thread filler = new Thread(FullMemory::fill, "fills the memory");
      filler.setDaemon(true);
      filler.start();
    }
  }

  /** Again and again, so that whatever is given back is taken too. */
  private static void fill() {
    while (true) {
      try {
        HELD.add(new byte[PIECE]);
      } catch (OutOfMemoryError e) {
        Thread.onSpinWait();
      }
    }
  }
}
