package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.shardmean.run.RunEvent;
import org.shardmean.run.RunEvent.Kind;
import org.shardmean.run.Sentence;

/**
 * Puts what Spark says about executors and tasks into events of a run. What cost time is told when
 * the current job or step is done, since only then is it known how much. All but {@link #during}
 * runs on the one thread of Spark's that calls listeners.
 */
final class ClusterEvents extends SparkListener {
  private static final int LONGEST_REASON = 160;

  private final Consumer<RunEvent> hearer;
  private final List<Lost> lost = new ArrayList<>();

  /** Attempts of the current job that failed, by the reason. */
  private final Map<String, Failed> failed = new LinkedHashMap<>();

  private volatile String during = "the start";

  /**
   * Whether the current job, if it ends now, ends in the middle of a step, which another job then
   * does again.
   */
  private boolean hasOpenStep;

  /** Whether the current job is of the warm-up, which has rounds of its own. */
  private boolean isWarmUp;

  ClusterEvents(Consumer<RunEvent> hearer) {
    this.hearer = requireNonNull(hearer, "hearer");
  }

  private record Lost(String executor, String during, String reason, long time) {}

  private record Failed(int attempts, long time) {}

  /** The description of the current job or step, or else of the last one. */
  String during() {
    return during;
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    String group = start.properties().getProperty("spark.jobGroup.id");
    String description = start.properties().getProperty("spark.job.description");
    isWarmUp = group != null;
    if (isWarmUp) {
      during = "the " + group;
    } else if (description != null) {
      during = inASentence(description);
    }
  }

  @Override
  public void onOtherEvent(SparkListenerEvent event) {
    if (event instanceof TrainingStep step && !isWarmUp) {
      during = inASentence(step.description());
      hasOpenStep = !step.isDone();
      if (step.isDone() && !step.description().equals(EpochShards.SHARDING)) {
        tellLost("its work was repeated", step.time());
      }
    }
  }

  private static String inASentence(String description) {
    return description.replace(" · ", ", ");
  }

  @Override
  public void onExecutorAdded(SparkListenerExecutorAdded added) {
    tell(Kind.EXECUTOR_JOINED, "Executor %s joined in %s".formatted(added.executorId(), during));
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    String reason = firstLine(removed.reason());
    if (!reason.contains(
        "killed by driver")) { // By a dynamic allocation, which has no work for it.
      lost.add(new Lost(removed.executorId(), during, reason, removed.time()));
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.reason() instanceof ExceptionFailure failure) {
      String name = failure.className().substring(failure.className().lastIndexOf('.') + 1);
      failed.merge(
          name + ": " + firstLine(failure.description()),
          new Failed(1, end.taskInfo().finishTime()),
          (before, next) -> new Failed(before.attempts() + 1, before.time()));
    }
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd end) {
    boolean done = end.jobResult() instanceof JobSucceeded$;
    if (done && hasOpenStep) {
      hasOpenStep = false;
      return;
    }
    tellLost(done ? "its work was repeated" : "the run ended", end.time());
    if (done) { // Otherwise they are why the run ended, which is told elsewhere.
      failed.forEach(
          (reason, attempts) ->
              tell(
                  Kind.TASK_FAILED,
                  during,
                  "%s failed in %s"
                      .formatted(Sentence.counted(attempts.attempts(), "task"), during),
                  reason,
                  "repeated",
                  Disturbances.seconds(attempts.time(), end.time())));
    }
    failed.clear();
  }

  private void tellLost(String then, long time) {
    for (Lost one : lost) {
      tell(
          Kind.EXECUTOR_LOST,
          one.during(),
          "Executor %s was lost in %s".formatted(one.executor(), one.during()),
          one.reason(),
          then,
          Disturbances.seconds(one.time(), time));
    }
    lost.clear();
  }

  private void tell(Kind kind, String line) {
    hearer.accept(new RunEvent(kind, during, line, Double.NaN));
  }

  private void tell(Kind kind, String at, String what, String reason, String then, double seconds) {
    String line = Sentence.of("%s (%s); %s, %.1f s", what, reason, then, seconds);
    hearer.accept(new RunEvent(kind, at, line, seconds));
  }

  private static String firstLine(String text) {
    String line = String.valueOf(text).lines().findFirst().orElse("no reason given");
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
  }
}
