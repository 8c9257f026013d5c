package org.shardmean.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's own bash scripts. */
final class Scripts {
  private Scripts() {}

  /** All files of {@code deploy}, {@code .ci} and {@code tests} that begin with a line for bash. */
  static List<Path> all() throws IOException {
    try (Stream<Path> deploy = Files.walk(Project.ROOT.resolve("deploy"));
        Stream<Path> ci = Files.walk(Project.ROOT.resolve(".ci"));
        Stream<Path> tests = Files.list(Project.ROOT.resolve("tests"))) {
      return Stream.of(deploy, ci, tests)
          .flatMap(files -> files)
          .filter(Files::isRegularFile)
          .filter(Scripts::isBash)
          .sorted()
          .toList();
    }
  }

  private static boolean isBash(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1)
          .startsWith("#!/usr/bin/env bash\n");
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
