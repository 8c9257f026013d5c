package org.shardmean;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a test's main class in a JVM of its own, where libraries are not loaded yet. */
public final class OtherJvm {
  private OtherJvm() {}

  /**
   * What the class prints, line by line; it must end with exit code 0.
   *
   * @param environment set on top of this JVM's own
   * @param options of the JVM
   */
  public static List<String> run(Class<?> main, Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    Process jvm = builder.start();
    String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, jvm.waitFor(), output);
    return output.lines().toList();
  }
}
