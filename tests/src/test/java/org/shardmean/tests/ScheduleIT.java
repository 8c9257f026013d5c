package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The systemd units, the cron line and the Airflow DAG, each by its own system's means. */
class ScheduleIT {
  private static final Path FOLDER = Project.ROOT.resolve("deploy/schedule");
  private static final String INSTALLED = "/opt/shardmean";

  /**
   * The operator's own parameters and those of every operator that the DAG may use:
   * SparkSubmitOperator in providers/apache/spark of github.com/apache/airflow at
   * 015d5de73450d467912e6cc31e9f44aab528190b.
   */
  private static final Set<String> OPERATOR_PARAMETERS =
      Set.of(
          "application",
          "application_args",
          "archives",
          "conf",
          "conn_id",
          "deploy_mode",
          "driver_class_path",
          "driver_memory",
          "env_vars",
          "executor_cores",
          "executor_memory",
          "files",
          "jars",
          "java_class",
          "keytab",
          "name",
          "num_executors",
          "packages",
          "principal",
          "properties_file",
          "proxy_user",
          "py_files",
          "repositories",
          "spark_binary",
          "status_poll_interval",
          "total_executor_cores",
          "verbose",
          "yarn_queue",
          "execution_timeout",
          "retries",
          "retry_delay",
          "task_id");

  private static final Set<String> DAG_PARAMETERS =
      Set.of("catchup", "dag_id", "max_active_runs", "schedule", "start_date", "tags");

  @TempDir Path folder;

  @Test
  void systemdFindsNothingWrongWithTheUnits() throws Exception {
    assumeInstalled("systemd-analyze");
    List<String> command = new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no"));
    for (String unit : List.of("shardmean-grid.service", "shardmean-grid.timer")) {
      String text = Files.readString(FOLDER.resolve(unit));
      Path copy = folder.resolve(unit);
      Files.writeString(copy, text.replace(INSTALLED, Project.ROOT.toString()));
      command.add(copy.toString());
    }

    Finished finished = Finished.of(new ProcessBuilder(command), folder);

    assertEquals(List.of(), finished.errors());
    assertEquals(0, finished.exitCode());
  }

  @Test
  void cronsLinesAreSettingsOrHaveTimesUserAndCommand() throws Exception {
    List<String> lines =
        Files.readAllLines(FOLDER.resolve("shardmean-grid.cron")).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .filter(line -> !line.matches("[A-Z_]+=\\S+"))
            .toList();

    assertEquals(1, lines.size(), lines.toString());
    assertTrue(
        lines
            .get(0)
            .matches(
                "[0-9]+ [0-9]+ \\* \\* \\* shardmean flock -n -E 75 /\\S+ /opt/shardmean/\\S+"),
        lines.get(0));
  }

  @Test
  void pythonCompilesTheDag() throws Exception {
    Path copy = Files.copy(FOLDER.resolve("shardmean_grid.py"), folder.resolve("dag.py"));

    Finished finished = python("-m", "py_compile", copy.toString());

    assertEquals(0, finished.exitCode(), finished.err());
  }

  @Test
  void theDagGivesAirflowWhatItTakes() throws Exception {
    JsonNode calls = dag();

    assertEquals(DAG_PARAMETERS, names(calls.get("DAG")));
    Set<String> unknown = names(calls.get("SparkSubmitOperator"));
    unknown.removeAll(OPERATOR_PARAMETERS);
    assertEquals(Set.of(), unknown);
    assertFalse(calls.at("/DAG/catchup").asBoolean());
    assertEquals(1, calls.at("/DAG/max_active_runs").asInt());
  }

  @Test
  void theDagRunsTheGridThatRunGridRuns() throws Exception {
    JsonNode operator = dag().get("SparkSubmitOperator");

    assertEquals(Project.APPLICATION_JAR.toString(), operator.get("application").asText());
    assertTrue(Files.isRegularFile(Path.of(operator.get("properties_file").asText())));
    JsonNode arguments = operator.get("application_args");
    assertEquals("scaling", arguments.get(0).asText());
    assertEquals("--grid", arguments.get(1).asText());
    assertEquals(
        Project.ROOT.resolve("conf/experiments/laptop.properties").toString(),
        arguments.get(2).asText());
    assertEquals("--out", arguments.get(3).asText());
    assertEquals("--history", arguments.get(5).asText());
    assertEquals(7, arguments.size());
  }

  @Test
  void theDagSubmitsWhereTheEnvironmentSaysRunsGo() throws Exception {
    JsonNode arguments =
        dag("SHARDMEAN_HISTORY", "hdfs:///history", "SHARDMEAN_GRID", "weak")
            .at("/SparkSubmitOperator/application_args");

    assertTrue(arguments.get(2).asText().endsWith("/weak.properties"), arguments.toString());
    assertEquals("hdfs:///history", arguments.get(6).asText());
  }

  private JsonNode dag(String... environment) throws Exception {
    Path reader = folder.resolve("read_dag.py");
    try (var script = ScheduleIT.class.getResourceAsStream("read_dag.py")) {
      Files.write(reader, script.readAllBytes());
    }
    assumeInstalled("python3");
    ProcessBuilder builder =
        new ProcessBuilder(
            "python3", reader.toString(), FOLDER.resolve("shardmean_grid.py").toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("SHARDMEAN_"));
    builder.environment().put("SHARDMEAN_HOME", Project.ROOT.toString());
    for (int i = 0; i < environment.length; i += 2) {
      builder.environment().put(environment[i], environment[i + 1]);
    }
    Finished finished = Finished.of(builder, folder);
    assertEquals(0, finished.exitCode(), finished.err());
    return new ObjectMapper().readTree(finished.out());
  }

  private Finished python(String... arguments) throws IOException, InterruptedException {
    assumeInstalled("python3");
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(List.of(arguments));
    return Finished.of(new ProcessBuilder(command), folder);
  }

  private static Set<String> names(JsonNode call) {
    Set<String> names = new TreeSet<>();
    call.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Where CI runs, they must be. */
  private static void assumeInstalled(String program) {
    boolean installed =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(part -> Files.isExecutable(Path.of(part, program)));
    assumeTrue(installed || System.getenv("CI") != null, program + " is not installed");
  }
}
