package org.shardmean.tests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The command lines of all processes of this machine, as {@code ps} shows them, over some time. */
final class CommandLines {
  private static final long PAUSE_MILLIS = 200;

  private final Set<String> seen = new TreeSet<>();
  private final FutureTask<Void> watching = new FutureTask<>(this::collect, null);
  private volatile boolean isClosed;

  private CommandLines() {}

  /** Begins to look. */
  static CommandLines watch() {
    CommandLines lines = new CommandLines();
    new Thread(lines.watching, "command lines").start();
    return lines;
  }

  /** Stops looking; all that were seen. */
  Set<String> close() throws InterruptedException, ExecutionException {
    isClosed = true;
    watching.get();
    return Set.copyOf(seen);
  }

  private void collect() {
    try {
      do {
        Process ps = new ProcessBuilder("ps", "-Aww", "-o", "args").start();
        new String(ps.getInputStream().readAllBytes(), UTF_8).lines().forEach(seen::add);
        Thread.sleep(PAUSE_MILLIS);
      } while (!isClosed);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("ps could not be read", e);
    }
  }
}
