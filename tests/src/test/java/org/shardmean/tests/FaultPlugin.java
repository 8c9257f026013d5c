package org.shardmean.tests;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.util.TaskCompletionListener;

/** Makes a plan of {@link Fault}s come true on the executors; the product knows nothing of it. */
public final class FaultPlugin implements SparkPlugin {
  static final String PLAN = "spark.shardmean.faults";
  private static final long LATE_SECONDS = 30;
  private static final long STILL_SECONDS = 20;

  @Override
  public DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new OnExecutor();
  }

  private static final class OnExecutor implements ExecutorPlugin {
    private List<Fault> plan;

    @Override
    public void init(PluginContext context, Map<String, String> extra) {
      plan = Fault.read(context.conf().get(PLAN, ""));
    }

    @Override
    public void onTaskStart() {
      TaskContext task = TaskContext.get();
      String description = task.getLocalProperty("spark.job.description");
      boolean warmUp = task.getLocalProperty("spark.jobGroup.id") != null;
      if (description != null && !warmUp) {
        plan.stream()
            .filter(fault -> fault.isFor(description, task.partitionId(), task.attemptNumber()))
            .forEach(fault -> happen(fault.action(), task));
      }
    }

    private static void happen(Fault.Action action, TaskContext task) {
      switch (action) {
        case HALT -> Runtime.getRuntime().halt(137);
        case STAND_STILL -> standStill();
        case BE_LATE -> sleep();
        case FAIL_AFTERWARDS ->
            task.addTaskCompletionListener(
                (TaskCompletionListener)
                    ended -> {
                      throw new IllegalStateException("failed by the test");
                    });
      }
    }

    private static void standStill() {
      String commands =
          "kill -STOP %1$d; sleep %2$d; kill -CONT %1$d"
              .formatted(ProcessHandle.current().pid(), STILL_SECONDS);
      try {
        new ProcessBuilder("sh", "-c", commands).start();
        TimeUnit.SECONDS.sleep(1); // The signal comes meanwhile.
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void sleep() {
      try {
        TimeUnit.SECONDS.sleep(LATE_SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // Another attempt was faster.
      }
    }
  }
}
