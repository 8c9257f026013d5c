package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Programs that a test needs and a machine may lack. In CI they must be there. */
final class Installed {
  private Installed() {}

  /**
   * Where a program is. A test that calls this is skipped on a machine without the program; where
   * the environment has {@code CI} it fails.
   *
   * @param names under which the program may be installed; the first one found counts
   */
  static Path orSkip(String... names) {
    return orSkip(List.of(names), System.getenv());
  }

  static Path orSkip(List<String> names, Map<String, String> environment) {
    List<String> folders = List.of(environment.getOrDefault("PATH", "").split(":"));
    Optional<Path> found =
        names.stream()
            .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      assertFalse(environment.containsKey("CI"), "CI must have " + names.get(0) + ": install it");
    }
    assumeTrue(found.isPresent(), names.get(0) + " is not installed");
    return found.orElseThrow();
  }
}
