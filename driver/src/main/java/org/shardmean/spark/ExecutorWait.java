package org.shardmean.spark;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.run.RunListener;
import org.shardmean.run.Sentence;

/** One wait for a cluster's executors, bounded. */
final class ExecutorWait {
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long UNHEARD_NANOS = TimeUnit.SECONDS.toNanos(1);
  static final int PATIENCE_SECONDS = 120;

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final JavaSparkContext spark;
  private final RunListener listener;
  private final Optional<AskedExecutors> asked;
  private final long began = System.nanoTime();

  private int executors;
  private int slots;
  private long changed = began;
  private boolean said;

  ExecutorWait(JavaSparkContext spark, RunListener listener) {
    this.spark = spark;
    this.listener = listener;
    this.asked = AskedExecutors.of(spark.getConf(), spark.master());
  }

  Cluster cluster() {
    Optional<JavaFutureAction<Long>> job = jobThatNeedsAnExecutor();
    count();
    while (!isOver()) {
      LockSupport.parkNanos(POLL_NANOS);
      count();
    }
    job.ifPresent(waiting -> waiting.cancel(true));
    return found();
  }

  /** A dynamic allocation that starts with no executor gives the first one to a job that waits. */
  private Optional<JavaFutureAction<Long>> jobThatNeedsAnExecutor() {
    boolean mayStartWithNone = asked.isPresent() && asked.get().isDynamic();
    return mayStartWithNone
        ? Optional.of(spark.parallelize(List.of(0), 1).countAsync())
        : Optional.empty();
  }

  private void count() {
    int before = executors;
    executors = Cluster.executors(spark);
    slots = Cluster.slots(spark);
    if (executors != before) {
      changed = System.nanoTime();
    }
    if (!said && System.nanoTime() - began > UNHEARD_NANOS) {
      said = true;
      listener.waiting(
          Sentence.of(
              "Waiting at most %d s for %s; there: %s",
              PATIENCE_SECONDS,
              asked.map(AskedExecutors::toString).orElse("the cluster's executors"),
              there()));
    }
  }

  private boolean isOver() {
    boolean complete =
        asked
            .map(all -> all.areThere(executors, slots))
            .orElseGet(() -> slots > 0 && System.nanoTime() - changed > QUIET_NANOS);
    return (complete && canAllHoldShards())
        || System.nanoTime() - began > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
  }

  /** An executor offers its task slots a moment before it offers its memory. */
  private boolean canAllHoldShards() {
    return executors >= spark.sc().getExecutorIds().size();
  }

  private Cluster found() {
    if (slots == 0) {
      throw new ClusterException(
          Sentence.of(
              "%s: expected %s within %d s, found none; check that the cluster has cores and memory free for them",
              spark.master(),
              asked.map(AskedExecutors::toString).orElse("executors"),
              PATIENCE_SECONDS));
    }
    if (asked.isEmpty()) {
      return new Cluster(executors, slots, there());
    }
    AskedExecutors all = asked.get();
    if (all.areThere(executors, slots)) {
      int wanted = all.slots() > 0 ? all.slots() : slots;
      return new Cluster(executors, wanted, "task slots asked for by " + all.settings());
    }
    listener.waiting(
        Sentence.of(
            "Going on with %s after %d s of waiting for %s", there(), PATIENCE_SECONDS, all));
    return new Cluster(
        executors, slots, there() + ", which came of those asked for by " + all.settings());
  }

  private String there() {
    return "%s with %s"
        .formatted(Sentence.counted(executors, "executor"), Sentence.counted(slots, "task slot"));
  }
}
