package org.shardmean.tests;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Counts the tasks that each executor has ended, from {@link #begin} to {@link #end}. */
final class TasksByExecutor extends SparkListener {
  private final Map<String, Integer> counts = new TreeMap<>();

  void begin() {
    awaitEvents();
    SparkContext.getOrCreate().addSparkListener(this);
  }

  void end() {
    awaitEvents();
    SparkContext.getOrCreate().removeSparkListener(this);
  }

  /** Tasks by executor; only of executors that ended one. */
  synchronized Map<String, Integer> counts() {
    return Map.copyOf(counts);
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    counts.merge(end.taskInfo().executorId(), 1, Integer::sum);
  }

  private static void awaitEvents() {
    try {
      SparkContext.getOrCreate().listenerBus().waitUntilEmpty();
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
