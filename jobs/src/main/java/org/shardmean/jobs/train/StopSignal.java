package org.shardmean.jobs.train;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.shardmean.jobs.command.MemoryWatch;
import org.shardmean.run.StopRequest;

/**
 * SIGTERM and Ctrl-C. The JVM then ends with 143 or 130, but not before the job has had time to end
 * the round it is in and to write what there is. Spark, too, ends itself when the JVM does; this
 * comes before it.
 */
final class StopSignal implements StopRequest, AutoCloseable {
  /** Spark's hook has 30 more than Hadoop's file systems; the highest goes first. */
  private static final int PRIORITY = FileSystem.SHUTDOWN_HOOK_PRIORITY + 60;

  /** Kubernetes, YARN and most schedulers kill after 30 s; all of this takes less. */
  private static final int ROUND_SECONDS = 12;

  private static final int WRITING_SECONDS = 12;
  private static final long POLL_NANOSECONDS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Thread job;
  private final Runnable cancelRound;
  private final PrintStream err;
  private final Runnable hook = this::stop;
  private volatile boolean asked;

  private StopSignal(Runnable cancelRound, PrintStream err) {
    this.job = Thread.currentThread();
    this.cancelRound = cancelRound;
    this.err = err;
  }

  /**
   * For the job that runs on this thread; says on standard error what is waited for.
   *
   * @param cancelRound makes the job fail soon, if its round takes too long
   */
  static StopSignal of(Runnable cancelRound) {
    StopSignal signal = new StopSignal(cancelRound, System.err);
    ShutdownHookManager.get()
        .addShutdownHook(
            signal.hook, PRIORITY, ROUND_SECONDS + WRITING_SECONDS + 1, TimeUnit.SECONDS);
    return signal;
  }

  @Override
  public boolean isAsked() {
    return asked;
  }

  @Override
  public Throwable reason(Throwable thrown) {
    return MemoryWatch.reason(thrown);
  }

  @Override
  public void close() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }

  private void stop() {
    asked = true;
    err.println(
        "Stopping: waiting at most %d s for the round to end and the files to be written"
            .formatted(ROUND_SECONDS));
    if (!endsWithin(ROUND_SECONDS)) {
      err.println(
          "Waited %d s for the round to end; it is broken off, and training would go on before it"
              .formatted(ROUND_SECONDS));
      cancelRound.run();
      if (!endsWithin(WRITING_SECONDS)) {
        err.println(
            "Waited %d s for the files to be written, and gave up".formatted(WRITING_SECONDS));
      }
    }
  }

  private boolean endsWithin(int seconds) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!isOver() && System.nanoTime() < until) {
      LockSupport.parkNanos(POLL_NANOSECONDS);
    }
    return isOver();
  }

  /** The job's thread has ended, or it waits to end the JVM, which is ending already. */
  private boolean isOver() {
    return !job.isAlive()
        || Arrays.stream(job.getStackTrace())
            .anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown"));
  }
}
