package org.shardmean.tests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that has ended.
 *
 * @param exitCode what it ended with
 * @param out its standard output
 * @param err its standard error
 */
record Finished(int exitCode, String out, String err) {
  private static final long LONGEST_SECONDS = 600;

  /** Starts a process and waits for its end; one that hangs is killed, and fails the test. */
  static Finished of(ProcessBuilder builder, Path folder) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    Finished finished = new Finished(process.exitValue(), read(out), read(err));
    if (!ended) {
      throw new AssertionError("killed after " + LONGEST_SECONDS + " s: " + finished);
    }
    return finished;
  }

  List<String> errors() {
    return err.lines().toList();
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, UTF_8);
  }
}
