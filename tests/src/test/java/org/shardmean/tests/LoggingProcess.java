package org.shardmean.tests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process that stays, and says in its log when it is ready. */
final class LoggingProcess implements AutoCloseable {
  private static final long READY_SECONDS = 180;
  private static final long END_SECONDS = 15;

  private final Process process;
  private final Pattern readyLine;
  private final Thread reader;
  private final CompletableFuture<Matcher> ready = new CompletableFuture<>();
  private final List<String> log = new ArrayList<>();

  /**
   * @param readyLine found in the line that says that it is ready
   */
  LoggingProcess(ProcessBuilder builder, Pattern readyLine) throws IOException {
    this.readyLine = readyLine;
    this.process = builder.redirectErrorStream(true).start();
    this.reader = new Thread(this::readLog, "log of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Waits until the line has come. */
  Matcher awaitReady() throws InterruptedException {
    try {
      return ready.get(READY_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("no line with " + readyLine + " in:\n" + log(), e);
    }
  }

  /**
   * Waits for another line, one that may have come already.
   *
   * @param line found in it
   */
  void await(Pattern line) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
    while (!line.matcher(log()).find()) {
      if (System.nanoTime() > until || !process.isAlive()) {
        throw new AssertionError("no line with " + line + " in:\n" + log());
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** Writes a line to its standard input. */
  void say(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(UTF_8));
    process.getOutputStream().flush();
  }

  /** What it has written so far. */
  String log() {
    synchronized (log) {
      return String.join("\n", log);
    }
  }

  /** Kills it as a crash would, without its taking leave. */
  void kill() {
    process.destroyForcibly();
  }

  /** Kills it and all that it started. */
  void killAll() {
    List<ProcessHandle> family =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    family.forEach(ProcessHandle::destroyForcibly);
  }

  /** Waits for its end, and until all that it wrote is in its log. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(READY_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end:\n" + log());
    }
    reader.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to end, with SIGTERM; {@link Process#destroy} would also close its output. */
  void terminate() {
    process.toHandle().destroy();
  }

  long pid() {
    return process.pid();
  }

  /** Ends it and all that it started. */
  @Override
  public void close() {
    List<ProcessHandle> family =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    process.destroy();
    process.onExit().completeOnTimeout(process, END_SECONDS, TimeUnit.SECONDS).join();
    family.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }

  private void readLog() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (log) {
          log.add(line);
        }
        Matcher matcher = readyLine.matcher(line);
        if (matcher.find()) {
          ready.complete(matcher);
        }
      }
    } catch (IOException e) {
      ready.completeExceptionally(new UncheckedIOException(e));
    }
    ready.completeExceptionally(new IllegalStateException("it ended"));
  }
}
