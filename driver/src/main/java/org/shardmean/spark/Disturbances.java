package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.run.Progress;
import org.shardmean.run.RunEvent;
import org.shardmean.run.RunListener;
import org.shardmean.run.Sentence;

/**
 * What disturbs a run, while it lasts: told in a line each, and collected for its record. A cluster
 * that has no executor left is waited for, but not for ever: then the current job is broken off.
 */
final class Disturbances implements AutoCloseable {
  /** A run that is disturbed more often has other troubles. */
  private static final int MOST = 200;

  private static final int UNHEARD_SECONDS = 5;
  private static final long LONGEST_LISTENING_MILLIS = 2_000;

  private final JavaSparkContext spark;
  private final RunListener listener;
  private final int patienceSeconds;
  private final ClusterEvents heard = new ClusterEvents(this::add);
  private final Timer watch = new Timer("executors of a run", true);
  private final List<RunEvent> all = new ArrayList<>();
  private final Deque<RunEvent> untold = new ArrayDeque<>();
  private volatile ClusterException gaveUp;

  /** Seconds without an executor; read and written by the one thread of {@link #watch}. */
  private int withoutExecutors;

  private Disturbances(JavaSparkContext spark, RunListener listener, int patienceSeconds) {
    this.spark = requireNonNull(spark, "spark");
    this.listener = requireNonNull(listener, "listener");
    this.patienceSeconds = patienceSeconds;
  }

  /** Begins to listen. */
  static Disturbances of(JavaSparkContext spark, RunListener listener) {
    return of(spark, listener, ExecutorWait.PATIENCE_SECONDS);
  }

  /**
   * Begins to listen.
   *
   * @param patienceSeconds that a run waits for an executor when none is left
   */
  static Disturbances of(JavaSparkContext spark, RunListener listener, int patienceSeconds) {
    Disturbances disturbances = new Disturbances(spark, listener, patienceSeconds);
    spark.sc().addSparkListener(disturbances.heard);
    if (!spark.isLocal()) {
      disturbances.watch.schedule(disturbances.new Look(), 1_000, 1_000);
    }
    return disturbances;
  }

  /** This driver goes on from where an earlier one had come to. */
  void resumedFrom(Progress start, int roundsPerEpoch) {
    if (start.epoch() > 1 || start.round() > 1) {
      String after = start.inWords(roundsPerEpoch);
      add(
          new RunEvent(
              RunEvent.Kind.RESUMED,
              after,
              "An earlier driver ended; this one went on after " + after,
              Double.NaN));
    }
  }

  /** Tells what has happened since the last time; called on the thread that trains. */
  void tell() {
    for (RunEvent event = next(); event != null; event = next()) {
      listener.disturbed(event);
    }
  }

  /** All that has happened so far, in order. */
  List<RunEvent> all() {
    try {
      spark.sc().listenerBus().waitUntilEmpty(LONGEST_LISTENING_MILLIS);
    } catch (TimeoutException e) {
      // Then the last ones are missing; they only inform.
    }
    tell();
    synchronized (all) {
      return List.copyOf(all);
    }
  }

  /** Why a run failed: what Spark says, or that this has given up waiting. */
  Throwable reason(Throwable thrown) {
    return Optional.<Throwable>ofNullable(gaveUp).orElse(thrown);
  }

  @Override
  public void close() {
    watch.cancel();
    spark.sc().removeSparkListener(heard);
  }

  private void add(RunEvent event) {
    synchronized (all) {
      if (all.size() < MOST) {
        all.add(event);
        untold.add(event);
      }
    }
  }

  private RunEvent next() {
    synchronized (all) {
      return untold.poll();
    }
  }

  private final class Look extends TimerTask {
    @Override
    public void run() {
      try {
        look();
      } catch (RuntimeException e) {
        // Spark is stopping; whoever waits for it hears that.
      }
    }
  }

  private void look() {
    withoutExecutors = Cluster.executors(spark) > 0 ? 0 : withoutExecutors + 1;
    if (withoutExecutors == UNHEARD_SECONDS) {
      listener.waiting(
          Sentence.of(
              "No executor is left in %s; waiting at most %d s for one",
              heard.during(), patienceSeconds));
    }
    if (withoutExecutors == patienceSeconds) {
      gaveUp =
          new ClusterException(
              Sentence.of(
                  "%s, %s: expected an executor within %d s, found none; when the cluster has some again, --resume goes on from the last checkpoint",
                  spark.master(), heard.during(), patienceSeconds));
      spark.sc().cancelAllJobs();
    }
  }

  /** Seconds between two times of Spark's, in milliseconds. */
  static double seconds(long from, long to) {
    return Math.max(0, to - from) / (double) TimeUnit.SECONDS.toMillis(1);
  }
}
