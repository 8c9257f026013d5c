package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellScriptsIT {
  @TempDir Path folder;

  @Test
  void shellcheckFindsNothing() throws Exception {
    assumeTrue(isInstalled("shellcheck"), "shellcheck is not installed");
    List<String> command = new ArrayList<>(List.of("shellcheck"));
    scripts().forEach(script -> command.add(script.toString()));

    Finished finished = Finished.of(new ProcessBuilder(command), folder);

    assertEquals("", finished.out() + finished.err());
    assertEquals(0, finished.exitCode());
  }

  private static List<Path> scripts() throws IOException {
    try (Stream<Path> deploy = Files.walk(Project.ROOT.resolve("deploy"));
        Stream<Path> ci = Files.walk(Project.ROOT.resolve(".ci"))) {
      return Stream.concat(deploy, ci).filter(ShellScriptsIT::isBash).sorted().toList();
    }
  }

  private static boolean isBash(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.findFirst().orElse("").endsWith("bash");
    } catch (IOException | java.io.UncheckedIOException e) {
      return false;
    }
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(part -> Files.isExecutable(Path.of(part, program)));
  }
}
