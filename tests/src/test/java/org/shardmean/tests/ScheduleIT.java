package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The systemd units, the cron line and the Airflow DAG, each by its own system's means. */
class ScheduleIT {
  private static final Path FOLDER = Project.ROOT.resolve("deploy/schedule");
  private static final String INSTALLED = "/opt/shardmean";

  /** What run-grid ends with when another grid is still running. */
  private static final int ALREADY_RUNNING = 75;

  /**
   * The operator's own parameters and those of every operator that the DAG may use: BashOperator in
   * providers/standard of github.com/apache/airflow at 1782d20e2d5cf9745566bf17f2f1ef87c5dbb198.
   */
  private static final Set<String> OPERATOR_PARAMETERS =
      Set.of(
          "append_env",
          "bash_command",
          "cwd",
          "env",
          "output_encoding",
          "output_processor",
          "skip_on_exit_code",
          "execution_timeout",
          "retries",
          "retry_delay",
          "task_id");

  private static final Set<String> DAG_PARAMETERS =
      Set.of("catchup", "dag_id", "max_active_runs", "schedule", "start_date", "tags");

  @TempDir Path folder;

  @Test
  void systemdFindsNothingWrongWithTheUnits() throws Exception {
    String analyze = Installed.orSkip("systemd-analyze").toString();
    List<String> command = new ArrayList<>(List.of(analyze, "verify", "--man=no"));
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
                "[0-9]+ [0-9]+ \\* \\* \\* shardmean timeout --verbose 6h /opt/shardmean/\\S+ >/dev/null"),
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
    Set<String> unknown = names(calls.get("BashOperator"));
    unknown.removeAll(OPERATOR_PARAMETERS);
    assertEquals(Set.of(), unknown);
    assertFalse(calls.at("/DAG/catchup").asBoolean());
    assertEquals(1, calls.at("/DAG/max_active_runs").asInt());
  }

  @Test
  void theDagCallsRunGridWithTheEnvironmentOfAirflow() throws Exception {
    JsonNode operator = dag().get("BashOperator");

    assertEquals(
        "\"$SHARDMEAN_HOME/deploy/schedule/run-grid\"", operator.get("bash_command").asText());
    assertEquals(Project.ROOT.toString(), operator.at("/env/SHARDMEAN_HOME").asText());
    assertTrue(operator.get("append_env").asBoolean());
    assertEquals(ALREADY_RUNNING, operator.get("skip_on_exit_code").asInt());
  }

  private JsonNode dag() throws Exception {
    Path reader = folder.resolve("read_dag.py");
    try (var script = ScheduleIT.class.getResourceAsStream("read_dag.py")) {
      Files.write(reader, script.readAllBytes());
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            Installed.orSkip("python3").toString(),
            reader.toString(),
            FOLDER.resolve("shardmean_grid.py").toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("SHARDMEAN_"));
    builder.environment().put("SHARDMEAN_HOME", Project.ROOT.toString());
    Finished finished = Finished.of(builder, folder);
    assertEquals(0, finished.exitCode(), finished.err());
    return new ObjectMapper().readTree(finished.out());
  }

  private Finished python(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Installed.orSkip("python3").toString()));
    command.addAll(List.of(arguments));
    return Finished.of(new ProcessBuilder(command), folder);
  }

  private static Set<String> names(JsonNode call) {
    Set<String> names = new TreeSet<>();
    call.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
