package org.shardmean.jobs.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.data.DataException;
import org.shardmean.jobs.Main;
import org.shardmean.settings.GivenSettings;

/** What is on standard error when a task fails, in a process of its own. */
class SparkLogIT {
  private static final String ERROR = "error: no such digit; draw another";
  private static final Path OUR_LOG4J = Path.of("..", "conf", "log4j2.properties");

  /** A {@code train} whose task fails. */
  static final class Failing {
    private Failing() {}

    public static void main(String[] arguments) {
      AtomicReference<SpyJob> job = new AtomicReference<>();
      job.set(new SpyJob(() -> fail(job.get().given())));
      List<Job> jobs = List.of(job.get());
      ExitCode code =
          new CommandLineJobs(jobs, Map.of(), System.out, System.err).run(List.of(arguments));
      System.exit(code.number());
    }

    private static void fail(GivenSettings given) {
      try (JavaSparkContext spark = SparkJob.open("test", given)) {
        spark
            .parallelize(List.of(1, 2), 2)
            .map(
                number -> {
                  if (number == 2) {
                    throw new DataException("no such digit; draw another");
                  }
                  return number;
                })
            .cache()
            .count();
      }
    }
  }

  @Test
  void aTaskThatFailsIsOneLine() throws Exception {
    List<String> lines =
        stderr(Map.of("LOG4J_CONFIGURATION_FILE", OUR_LOG4J.toAbsolutePath().toString()));

    assertEquals(List.of(ERROR), lines);
  }

  /** As under a plain spark-submit, which logs much, but no stack trace of ours. */
  @Test
  void soItIsWithSparksOwnLogging() throws Exception {
    List<String> lines = stderr(Map.of());

    assertEquals(List.of(), lines.stream().filter(line -> line.startsWith("\tat ")).toList());
    assertEquals(List.of(), lines.stream().filter(line -> line.contains("DataException")).toList());
    assertEquals(1, lines.stream().filter(line -> line.equals(ERROR)).count());
  }

  @Test
  void theStackTraceIsThereWhenItIsAskedFor() throws Exception {
    List<String> lines =
        stderr(
            Map.of("LOG4J_CONFIGURATION_FILE", OUR_LOG4J.toAbsolutePath().toString()),
            "--stacktrace");

    assertTrue(lines.contains(ERROR), lines.toString());
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("\tat ")), lines.toString());
  }

  /** Spark warns of a plan that is too long for its log. */
  @Test
  void nothingIsSaidOfAWideTable(@TempDir Path folder) throws Exception {
    List<String> names = IntStream.range(0, 60).mapToObj(c -> "f" + c).toList();
    Path table = folder.resolve("wide.csv");
    Files.write(
        table,
        List.of(
            String.join(",", names), String.join(",", Collections.nCopies(names.size(), "1.5"))));

    List<String> lines =
        stderr(
            ExitCode.DONE,
            Map.of("LOG4J_CONFIGURATION_FILE", OUR_LOG4J.toAbsolutePath().toString()),
            List.of(Main.class.getName(), "inspect", "--data", table.toString()));

    assertEquals(List.of(), lines);
  }

  private static List<String> stderr(Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    List<String> program = new ArrayList<>(List.of(Failing.class.getName(), "train"));
    program.addAll(List.of(options));
    return stderr(ExitCode.DATA, environment, program);
  }

  /**
   * What a process writes there.
   *
   * @param program a class with {@code main} and its arguments
   */
  private static List<String> stderr(
      ExitCode expected, Map<String, String> environment, List<String> program)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED"));
    Stream.of("java.lang", "java.lang.invoke", "java.nio", "java.util", "sun.nio.ch")
        .forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("-Dspark.master=local[2]", "-Dspark.ui.enabled=false"));
    command.addAll(program);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().remove("LOG4J_CONFIGURATION_FILE");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String text = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(expected.number(), process.waitFor(), text);
    return text.lines().toList();
  }
}
