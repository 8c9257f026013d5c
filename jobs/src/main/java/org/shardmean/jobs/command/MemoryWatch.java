package org.shardmean.jobs.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.shardmean.run.FullMemoryException;

/**
 * Ends a driver whose memory is full, in one line. Any thread may be the one that hears of it; if a
 * thread of Spark's ends of it, whoever waits for that thread would wait for ever. So the first
 * {@link OutOfMemoryError} that nobody caught gives back a reserve of memory and has the job
 * interrupted, which then has some seconds to write what there is. After that the process ends,
 * whatever still goes on in it.
 *
 * <p>What must happen needs no memory, or next to none: the line was made at the start. What the
 * end itself might need is kept as pieces of memory, one for each try.
 */
public final class MemoryWatch implements Thread.UncaughtExceptionHandler {
  private static final int MOST_RESERVE_BYTES = 32 << 20;
  private static final int SHARE_OF_RESERVE = 16;
  private static final long LONGEST_END_SECONDS = 20;
  private static final int PIECES_FOR_END = 8;
  private static final int PIECE_FOR_END = 256 << 10;
  private static final long BETWEEN_TRIES_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final OutputStream err;
  private final Runnable silence;
  private final Runnable interrupt;
  private final Runnable halt;
  private final long patienceNanos;
  private final byte[] line;
  private final Thread watcher;
  private final AtomicReference<byte[]> reserve;
  private final byte[][] piecesForEnd = new byte[PIECES_FOR_END][PIECE_FOR_END];
  private volatile boolean isFull;

  /** Whether the job met the full memory itself, or was told. */
  private volatile boolean hasHeard;

  private volatile boolean isTold;

  /**
   * Watches the process.
   *
   * @param job is interrupted when memory is full
   * @param err where the line goes
   * @param silence keeps others from writing what only comes of the full memory
   * @param halt ends the process at once
   * @param patienceNanos from the interruption until then
   */
  MemoryWatch(Thread job, OutputStream err, Runnable silence, Runnable halt, long patienceNanos) {
    this.interrupt = requireNonNull(job, "job")::interrupt;
    this.err = requireNonNull(err, "err");
    this.silence = requireNonNull(silence, "silence");
    this.halt = requireNonNull(halt, "halt");
    this.patienceNanos = patienceNanos;
    this.line =
        ("error: " + FullMemoryException.message() + System.lineSeparator()).getBytes(UTF_8);
    long share = Runtime.getRuntime().maxMemory() / SHARE_OF_RESERVE;
    this.reserve = new AtomicReference<>(new byte[(int) Math.min(MOST_RESERVE_BYTES, share)]);
    this.watcher = new Thread(this::watch, "memory");
    watcher.setDaemon(true);
    watcher.start();
  }

  /**
   * Watches this process, whose job is done by this thread.
   *
   * @param halt ends the process at once; needs no class that is not loaded yet
   */
  public static MemoryWatch begin(Runnable halt) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    MemoryWatch watch =
        new MemoryWatch(
            Thread.currentThread(),
            new FileOutputStream(FileDescriptor.err),
            () -> {
              System.setErr(nowhere); // Scala prints what goes wrong inside it.
              SparkLog.silence();
            },
            halt,
            TimeUnit.SECONDS.toNanos(LONGEST_END_SECONDS));
    Thread.setDefaultUncaughtExceptionHandler(watch);
    return watch;
  }

  /**
   * Why a job of this process has failed, if memory is full; otherwise what was thrown. If it is,
   * the reserve is given back, with which what there is can be written. An interruption by this has
   * then done its work: it does not disturb the writing.
   */
  public static Throwable reason(Throwable thrown) {
    Optional<MemoryWatch> watch = ofThisProcess();
    if (FullMemoryException.isIn(thrown)) {
      watch.ifPresent(MemoryWatch::jobHasHeard);
    }
    if (!watch.map(full -> full.isFull).orElse(false)) {
      return FullMemoryException.orElse(thrown);
    }
    Thread.interrupted();
    return new FullMemoryException(thrown);
  }

  /** Why the job failed has been said, and need not be said again. */
  static void told() {
    ofThisProcess().ifPresent(watch -> watch.isTold = true);
  }

  private static Optional<MemoryWatch> ofThisProcess() {
    return Thread.getDefaultUncaughtExceptionHandler() instanceof MemoryWatch watch
        ? Optional.of(watch)
        : Optional.empty();
  }

  /** The job needs no interruption any more; it too has only some seconds to end. */
  private void jobHasHeard() {
    hasHeard = true;
    beginToEnd();
  }

  private void beginToEnd() {
    reserve.set(null);
    isFull = true;
    LockSupport.unpark(watcher);
  }

  @Override
  public void uncaughtException(Thread thread, Throwable thrown) {
    if (thrown instanceof OutOfMemoryError) {
      beginToEnd();
    } else if (!isFull) { // As Java does by itself.
      System.err.print("Exception in thread \"" + thread.getName() + "\" ");
      thrown.printStackTrace();
    }
  }

  /** Says the line, unless it was, and ends the process; needs next to no memory. */
  public void end() {
    if (!isTold) {
      isTold = true;
      try {
        err.write(line);
      } catch (IOException | OutOfMemoryError e) {
        // Nobody can be told.
      }
    }
    for (int attempt = 0; !succeeds(halt); attempt++) {
      piecesForEnd[attempt % PIECES_FOR_END] = null;
      LockSupport.parkNanos(this, BETWEEN_TRIES_NANOS);
    }
  }

  /** Memory may be too short even for this. */
  private static boolean succeeds(Runnable act) {
    try {
      act.run();
      return true;
    } catch (OutOfMemoryError | LinkageError e) { // The latter, if a class could not be loaded.
      return false;
    }
  }

  private void watch() {
    while (!isFull) {
      LockSupport.park(this);
    }
    succeeds(silence); // If not, some threads' stack traces are logged.
    if (!hasHeard) {
      succeeds(interrupt);
    }
    long end = System.nanoTime() + patienceNanos;
    for (long left = patienceNanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
    end();
  }
}
