package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A Python that has NumPy: Debian's, or the one on the path. */
final class NumPy {
  private static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");

  private NumPy() {}

  /** What a script prints. A test that asks is skipped where there is no NumPy, and fails in CI. */
  static List<String> run(Path folder, String script) throws IOException, InterruptedException {
    Finished finished = Finished.of(new ProcessBuilder(python(folder), "-c", script), folder);
    assertEquals(0, finished.exitCode(), finished.err());
    return finished.out().lines().toList();
  }

  private static String python(Path folder) throws InterruptedException {
    for (String python : PYTHONS) {
      try {
        if (Finished.of(new ProcessBuilder(python, "-c", "import numpy"), folder).exitCode() == 0) {
          return python;
        }
      } catch (IOException e) {
        // There is no such program.
      }
    }
    String reason = "no Python with NumPy is installed: apt-get install python3-numpy";
    return System.getenv("CI") == null ? abort(reason) : fail(reason);
  }
}
