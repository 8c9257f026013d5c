package org.shardmean.tests;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs {@code deploy/submit} as a user does: as a process, in a folder of the user's. */
final class Launcher {
  private final Path project;
  private final Path folder;
  private final Map<String, String> environment = new TreeMap<>();

  /**
   * @param folder the working directory
   */
  Launcher(Path folder) {
    this(Project.ROOT, folder);
  }

  /**
   * @param project the checkout to run
   * @param folder the working directory
   */
  Launcher(Path project, Path folder) {
    this.project = project;
    this.folder = folder;
  }

  /** The same with another variable in its environment. */
  Launcher with(String variable, String value) {
    Launcher copy = new Launcher(project, folder);
    copy.environment.putAll(environment);
    copy.environment.put(variable, value);
    return copy;
  }

  Finished run(String... arguments) throws IOException, InterruptedException {
    return Finished.of(of(arguments), folder);
  }

  /** Ready to be started. */
  ProcessBuilder of(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(project.resolve("deploy/submit").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("_?SPARK_.*|SHARDMEAN_.*"));
    builder.environment().putAll(environment);
    return builder;
  }
}
