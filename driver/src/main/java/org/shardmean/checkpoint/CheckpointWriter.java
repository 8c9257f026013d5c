package org.shardmean.checkpoint;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.shardmean.run.Problem;

/**
 * Writes checkpoints in the background while training goes on. One may wait while another is
 * written; should a third come, the newest takes the place of the one that waits. So training never
 * waits for a slow file system, and the queue holds no more than one.
 *
 * <p>A checkpoint that cannot be written does not stop training: it is told, once for a row of such
 * failures, and the next one is tried.
 */
public final class CheckpointWriter implements AutoCloseable {
  private final Commit commit;
  private final Duration longest;
  private final ThreadPoolExecutor thread;
  private final AtomicReference<String> problem = new AtomicReference<>();

  /** Read and written by the one thread. */
  private boolean failedBefore;

  /** Writes one checkpoint; whole or not at all. */
  @FunctionalInterface
  public interface Commit {
    void write(Checkpoint checkpoint) throws IOException;
  }

  /**
   * @param longest that {@link #close} waits
   */
  public CheckpointWriter(Commit commit, Duration longest) {
    this.commit = requireNonNull(commit, "commit");
    this.longest = requireNonNull(longest, "longest");
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1),
            work -> {
              Thread daemon = new Thread(work, "checkpoints");
              daemon.setDaemon(true);
              return daemon;
            },
            new ThreadPoolExecutor.DiscardOldestPolicy());
  }

  /** Writes it as soon as the one before is written. */
  public void offer(Checkpoint checkpoint) {
    thread.execute(() -> write(checkpoint));
  }

  private void write(Checkpoint checkpoint) {
    try {
      commit.write(checkpoint);
      failedBefore = false;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      if (!failedBefore) {
        problem.set(
            "A checkpoint could not be written (%s). Training goes on; should the driver be lost, it goes on from the checkpoint before"
                .formatted(Problem.of(e)));
      }
      failedBefore = true;
    }
  }

  /** A line about a failure since the last time this was called. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem.getAndSet(null));
  }

  /** Waits until all that was offered is written, or for the longest time. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(longest.toSeconds(), TimeUnit.SECONDS)) {
        thread.shutdownNow();
        problem.set(
            "Waited %d s for the last checkpoint to be written, and gave up; a resumed run goes on from the one before"
                .formatted(longest.toSeconds()));
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
