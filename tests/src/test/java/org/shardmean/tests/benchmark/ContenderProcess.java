package org.shardmean.tests.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;

/** Runs a contender in a process of its own, so that none profits or suffers from another. */
final class ContenderProcess {
  private static final long LONGEST_MINUTES = 15;

  private ContenderProcess() {}

  /**
   * A Java program on this one's class path, that prints its stretches.
   *
   * @param threads of OpenMP, for what is not split into Spark's tasks
   */
  static Course java(Class<?> program, int threads, Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" +")));
    command.add("-Xmx3g");
    command.add(
        "-Dlog4j2.configurationFile=" + BenchmarkData.PROJECT.resolve("conf/log4j2.properties"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    return printed(command, threads, folder);
  }

  /** Any program that prints its stretches. */
  static Course printed(List<String> command, int threads, Path folder)
      throws IOException, InterruptedException {
    Ended ended = run(command, threads, folder);
    List<Stretch> stretches = ended.out().lines().filter(Stretch::isIn).map(Stretch::read).toList();
    return new Course(stretches, ended.seconds());
  }

  /**
   * Runs a program to its end.
   *
   * @throws IllegalStateException with all it wrote if it fails or takes too long
   */
  static Ended run(List<String> command, int threads, Path folder)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    String threadCount = String.valueOf(threads);
    builder
        .environment()
        .putAll(Map.of("OMP_NUM_THREADS", threadCount, "OPENBLAS_NUM_THREADS", threadCount));
    builder.environment().put(BenchmarkData.PROJECT_VARIABLE, BenchmarkData.PROJECT.toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    long began = System.nanoTime();
    Process process = builder.start();
    boolean ended = process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
    double seconds = (System.nanoTime() - began) * 1e-9;
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    if (!ended || process.exitValue() != 0) {
      throw new IllegalStateException(
          "%s%n%s%n%s%nended with %d after %.0f s"
              .formatted(
                  command.get(command.size() - 1),
                  text(out),
                  text(err),
                  process.exitValue(),
                  seconds));
    }
    return new Ended(text(out), seconds);
  }

  /**
   * A program that has ended well.
   *
   * @param out its standard output
   * @param seconds it took
   */
  record Ended(String out, double seconds) {}

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
