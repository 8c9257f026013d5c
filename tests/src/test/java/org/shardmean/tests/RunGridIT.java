package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code run-grid} in a project of its own, whose {@code deploy/submit} notes its arguments in
 * {@code calls} and ends with what {@code exit-code} says.
 */
class RunGridIT {
  private static final String GRID_ENV = "deploy/schedule/grid.env";
  private static final Pattern OUT = Pattern.compile("--out (\\S+)");

  @TempDir Path project;

  @BeforeEach
  void makeProject() throws IOException {
    Path schedule = Files.createDirectories(project.resolve("deploy/schedule"));
    for (String file : List.of("run-grid", "grid.env")) {
      Files.copy(Project.ROOT.resolve("deploy/schedule").resolve(file), schedule.resolve(file));
    }
    Path submit = project.resolve("deploy/submit");
    Files.writeString(
        submit, "#!/usr/bin/env bash\necho \"$*\" | tee -a calls\nexit \"$(<exit-code)\"\n");
    assertTrue(submit.toFile().setExecutable(true));
  }

  @Test
  void itSubmitsTheGridOfItsSettings() throws Exception {
    Finished finished = run(0);

    assertEquals(0, finished.exitCode(), finished.err());
    String call = calls().get(0);
    assertTrue(
        call.startsWith(
            "grid --master local[*] --grid conf/experiments/laptop.properties --out runs/grids/"),
        call);
    assertTrue(call.endsWith("-laptop --history runs/history"), call);
    assertTrue(Files.readString(project.resolve(out(call) + ".log")).contains("grid"));
  }

  @Test
  void theLastLineOfItsSettingsNeedsNoNewline() throws Exception {
    String settings = Files.readString(project.resolve(GRID_ENV));
    Files.writeString(project.resolve(GRID_ENV), settings.stripTrailing());

    Finished finished = run(0);

    assertEquals(0, finished.exitCode(), finished.err());
    assertTrue(calls().get(0).endsWith("--history runs/history"), calls().get(0));
  }

  @Test
  void aSettingThatIsMissingIsNamed() throws Exception {
    Files.writeString(project.resolve(GRID_ENV), "SHARDMEAN_GRID=laptop\nSHARDMEAN_RUNS=runs\n");

    Finished finished = run(0);

    assertEquals(2, finished.exitCode(), finished.err());
    assertEquals(1, finished.errors().size(), finished.err());
    assertTrue(finished.err().startsWith("error: SHARDMEAN_MASTER: expected"), finished.err());
    assertTrue(Files.notExists(project.resolve("calls")));
  }

  @Test
  void theSettingsOfAMachineGoBeforeTheProjectsAndTheEnvironmentBeforeBoth() throws Exception {
    Path machine = project.resolve("machine.env");
    Files.writeString(machine, "SHARDMEAN_GRID=weak\nSHARDMEAN_MASTER=spark://head:7077");

    Finished finished =
        run(0, "SHARDMEAN_SETTINGS", machine.toString(), "SHARDMEAN_MASTER", "local[1]");

    assertEquals(0, finished.exitCode(), finished.err());
    String call = calls().get(0);
    assertTrue(call.contains("--master local[1] --grid conf/experiments/weak.properties"), call);
    assertTrue(call.endsWith("--history runs/history"), call);
  }

  @Test
  void runsAndHistoryLieInTheStateFolderWhereThereIsOne() throws Exception {
    Path state = project.resolve("state");

    Finished finished =
        run(0, "STATE_DIRECTORY", state.toString(), "SHARDMEAN_HISTORY", "hdfs:///history");

    assertEquals(0, finished.exitCode(), finished.err());
    String call = calls().get(0);
    assertTrue(call.contains("--out " + state.resolve("runs/grids/")), call);
    assertTrue(call.endsWith("--history hdfs:///history"), call);
  }

  /** Cron mails what a command writes to standard error. */
  @Test
  void standardErrorHasALineOnlyIfSomethingIsWrong() throws Exception {
    assertEquals("", run(0).err());

    Finished worse = run(10);

    assertEquals(1, worse.errors().size(), worse.err());
    assertTrue(worse.err().contains("exit code 10"), worse.err());
    assertTrue(worse.err().contains(out(calls().get(1)) + ".log"), worse.err());
  }

  @Test
  void aRegressionsExitCodeStaysAndTheNextGridIsANewOne() throws Exception {
    assertEquals(10, run(10).exitCode());

    assertTrue(Files.notExists(project.resolve("runs/grids/laptop.interrupted")));
  }

  @Test
  void anInterruptedGridGoesOnInItsFolder() throws Exception {
    assertEquals(143, run(143).exitCode());
    assertEquals(0, run(0).exitCode());

    assertEquals(out(calls().get(0)), out(calls().get(1)));
    assertTrue(Files.notExists(project.resolve("runs/grids/laptop.interrupted")));
  }

  @Test
  void anInterruptedGridThatCannotGoOnGivesWayToANewOne() throws Exception {
    Files.createDirectories(project.resolve("runs/grids"));
    Files.writeString(project.resolve("runs/grids/laptop.interrupted"), "runs/grids/old-laptop\n");

    run(2);

    assertEquals(2, calls().size());
    assertEquals("runs/grids/old-laptop", out(calls().get(0)));
    assertNotEquals("runs/grids/old-laptop", out(calls().get(1)));
  }

  @Test
  void twoDoNotRunAtOnce() throws Exception {
    Path lock = Files.createDirectories(project.resolve("runs/grids")).resolve("lock");
    Files.createFile(lock);
    ProcessBuilder holder =
        new ProcessBuilder("flock", lock.toString(), "bash", "-c", "echo taken; read -r")
            .redirectErrorStream(true);
    try (LoggingProcess taken = new LoggingProcess(holder, Pattern.compile("taken"))) {
      taken.awaitReady();

      Finished second = run(0);

      assertEquals(75, second.exitCode());
      assertEquals(1, second.errors().size(), second.err());
      assertTrue(Files.notExists(project.resolve("calls")));
    }
  }

  private Finished run(int exitCode, String... environment)
      throws IOException, InterruptedException {
    Files.writeString(project.resolve("exit-code"), exitCode + "\n");
    ProcessBuilder builder =
        new ProcessBuilder(project.resolve("deploy/schedule/run-grid").toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("SHARDMEAN_"));
    // What the machine that runs the tests has in /etc must not matter.
    builder.environment().put("SHARDMEAN_SETTINGS", "/dev/null");
    for (int i = 0; i < environment.length; i += 2) {
      builder.environment().put(environment[i], environment[i + 1]);
    }
    return Finished.of(builder, project);
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(project.resolve("calls"));
  }

  private static String out(String call) {
    Matcher matcher = OUT.matcher(call);
    assertTrue(matcher.find(), call);
    return matcher.group(1);
  }
}
