package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;

/** Packs classes as a user does who brings some of their own. */
final class JarFile {
  private JarFile() {}

  /**
   * Writes a jar.
   *
   * @param jar the file
   * @param from the folder above all packages
   * @param what of it, a file or a folder, as a path below {@code from}
   */
  static void write(Path jar, Path from, String what) throws Exception {
    Finished finished =
        Finished.of(
            new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jar").toString(),
                "--create",
                "--file=" + jar,
                "-C",
                from.toString(),
                what),
            jar.getParent());
    assertEquals(0, finished.exitCode(), finished.err());
  }
}
