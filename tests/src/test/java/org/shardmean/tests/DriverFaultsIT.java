package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.run.RunStatus;

/**
 * Drivers as users start them, that are killed, interrupted or run out of disk, and are started
 * again with the same command. With {@code -Dfaults=all} at many more points; {@code tests/faults}
 * runs them.
 */
class DriverFaultsIT {
  private static final String ALL = "all";
  private static final int EPOCHS = 3;

  @TempDir private static Path folder;

  @BeforeAll
  static void trainUndisturbed() throws Exception {
    JarFile.write(folder.resolve("faults.jar"), Project.TEST_CLASSES, "org/shardmean/tests");
    Finished finished = run("halting://" + folder.resolve("undisturbed"));
    assertEquals(0, finished.exitCode(), finished.err());
  }

  /** In a commit, and before the last file of a run; with all, at every call of both and more. */
  @Test
  void aDriverThatIsKilledAtAnyCallOfTheFileSystemGoesOn() throws Exception {
    List<KillPoint> points =
        new ArrayList<>(
            List.of(new KillPoint("000002-manifest", 2), new KillPoint("result.json", 4)));
    if (ALL.equals(System.getProperty("faults"))) {
      points.clear();
      points.addAll(KillPoint.firstCalls("000001-", 8));
      points.addAll(KillPoint.firstCalls("000002-", 16));
      points.addAll(KillPoint.firstCalls("owner", 4));
      points.addAll(KillPoint.firstCalls("model.zip", 4));
      points.addAll(KillPoint.firstCalls("report.html", 4));
      points.addAll(KillPoint.firstCalls("result.json", 4));
    }
    for (KillPoint point : points) {
      String name = "killed-" + point.call() + "-" + point.file().replace('.', '-');
      String out = "halting://" + folder.resolve(name);
      Finished killed = run(out, point.options());
      assertEquals(137, killed.exitCode(), point + ": " + killed.err());
      Finished resumed = run(out);
      assertEquals(0, resumed.exitCode(), point + ": " + resumed.err());
      assertUndisturbedBits(name);
    }
    FaultyCluster.note(
        "| driver killed at %d calls of the file system, then resumed | | | |"
            .formatted(points.size()));
  }

  /** The nth call of the file system for a file whose path contains a text. */
  private record KillPoint(String file, int call) {
    static List<KillPoint> firstCalls(String file, int calls) {
      return IntStream.rangeClosed(1, calls).mapToObj(call -> new KillPoint(file, call)).toList();
    }

    String[] options() {
      return new String[] {
        "--conf", "spark.hadoop." + HaltingFiles.FILE + "=" + file,
        "--conf", "spark.hadoop." + HaltingFiles.AT + "=" + call
      };
    }
  }

  @Test
  void controlCEndsTheRoundAndTheSameCommandGoesOn() throws Exception {
    Installed.orSkip("env");
    ProcessBuilder builder = builder(folder.resolve("interrupted").toString(), "--epochs=40");
    builder.command().addAll(0, List.of("env", "--default-signal=INT"));
    try (LoggingProcess driver = new LoggingProcess(builder, Pattern.compile("Epoch +2/40"))) {
      driver.awaitReady();
      new ProcessBuilder("kill", "-INT", String.valueOf(driver.pid())).start().waitFor();
      assertEquals(130, driver.exitCode(), driver.log());
      assertFalse(driver.log().contains("\tat "), driver.log());
    }
    assertEquals(RunStatus.INTERRUPTED, TrainedRun.result(folder.resolve("interrupted")).status());
    assertEquals(0, run(folder.resolve("interrupted").toString(), "--epochs=40").exitCode());
    assertEquals(40, TrainedRun.result(folder.resolve("interrupted")).epochs().size());
  }

  /** It is broken off after 12 s, and done again. */
  @Test
  void aRoundThatTakesLongerThanAStopCanWaitIsBrokenOff() throws Exception {
    String out = folder.resolve("long-round").toString();
    String late = Fault.write(List.of(new Fault(2, 1, 1, 0, Fault.Action.BE_LATE)));
    ProcessBuilder builder =
        builder(
            out,
            "--conf=spark.plugins=" + FaultPlugin.class.getName(),
            "--conf=" + FaultPlugin.PLAN + "=" + late);
    long began;
    try (LoggingProcess driver = new LoggingProcess(builder, Pattern.compile("Epoch +1/3"))) {
      driver.awaitReady();
      TimeUnit.SECONDS.sleep(1); // The round has begun.
      began = System.nanoTime();
      driver.terminate();
      assertEquals(143, driver.exitCode(), driver.log());
      assertTrue(driver.log().contains("Waited 12 s for the round to end"), driver.log());
      assertFalse(driver.log().contains("gave up"), driver.log());
      assertFalse(driver.log().contains("\tat "), driver.log());
    }
    FaultyCluster.note(
        "| SIGTERM in a round of 30 s: exit code 143 | | %.1f s until the end | |"
            .formatted((System.nanoTime() - began) * 1e-9));
    assertEquals(RunStatus.INTERRUPTED, TrainedRun.result(Path.of(out)).status());
    Finished resumed = run(out);
    assertEquals(0, resumed.exitCode(), resumed.err());
    assertTrue(resumed.out().contains("Going on after epoch 1"), resumed.out());
    assertUndisturbedBits("long-round");
  }

  /** More epochs go on, another preset is refused, and why settings are as they are is kept. */
  @Test
  void anEndedRunGoesOnWithMoreEpochsAndItsOwnPreset() throws Exception {
    String out = folder.resolve("longer").toString();
    assertEquals(0, run(out).exitCode());
    List<String> reasons = reasons("longer");
    assertFalse(reasons.isEmpty());

    Finished refused = run(out, "--epochs=4", "--preset=accuracy");
    assertEquals(2, refused.exitCode(), refused.err());
    assertEquals(1, refused.errors().size(), refused.err());
    assertTrue(refused.err().contains("expected none, which chose "), refused.err());

    Finished longer = run(out, "--epochs=4");
    assertEquals(0, longer.exitCode(), longer.err());
    assertTrue(longer.out().contains("Epochs: 4 instead of 3"), longer.out());
    assertEquals(4, TrainedRun.result(folder.resolve("longer")).epochs().size());
    assertEquals(reasons, reasons("longer"));
  }

  @Test
  void anOverwriteThatFailsKeepsTheOldRun() throws Exception {
    Path out = folder.resolve("kept");
    assertEquals(0, run(out.toString()).exitCode());
    byte[] model = Files.readAllBytes(out.resolve("model.zip"));
    byte[] result = Files.readAllBytes(out.resolve("result.json"));

    Finished diverged = run(out.toString(), "--overwrite", "--learning-rate=1e30");

    assertEquals(4, diverged.exitCode(), diverged.err());
    assertArrayEquals(model, Files.readAllBytes(out.resolve("model.zip")));
    assertArrayEquals(result, Files.readAllBytes(out.resolve("result.json")));
    assertEquals(RunStatus.DIVERGED, TrainedRun.result(out.resolve("unfinished")).status());
  }

  /** A file system of 3 MB, in memory; only root can mount one. */
  @Test
  @EnabledIfSystemProperty(named = "faults", matches = ALL)
  void aFullDiskIsToldAndTheRunGoesOnWhenThereIsRoom() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    assumeTrue(mount("-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.toString()), "no root");
    try {
      Finished full = run(disk.resolve("run").toString());
      assertEquals(1, full.exitCode(), full.out() + full.err());
      assertFalse(full.err().contains("\tat "), full.err());
      assertTrue(full.out().contains("A checkpoint could not be written"), full.out());
      assertEquals(1, full.errors().size(), full.err());
      assertTrue(
          full.err().contains("file:" + disk) && full.err().contains("make room there"),
          full.err());
      assertTrue(mount("-o", "remount,size=100m", disk.toString()));
      Finished resumed = run(disk.resolve("run").toString());
      assertEquals(0, resumed.exitCode(), resumed.err());
      assertEquals(
          TrainedRun.result(folder.resolve("undisturbed")).parametersSha256(),
          TrainedRun.result(disk.resolve("run")).parametersSha256());
      FaultyCluster.note("| disk full: `%s`, then resumed | | | |".formatted(full.err().strip()));
    } finally {
      new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void aDriverWhoseMemoryIsFullSaysSoInItsRecordAndTheSameCommandGoesOn() throws Exception {
    Finished full = runInFullMemory("memory", FullMemory.class);

    assertEquals(1, full.errors().size(), full.err());
    assertEquals(RunStatus.FAILED, TrainedRun.result(folder.resolve("memory")).status());
    String notices =
        new ObjectMapper()
            .readTree(folder.resolve("memory/result.json").toFile())
            .path("notices")
            .toString();
    assertTrue(notices.contains("memory, 512 MB, is full"), notices + full.out());
    assertGoesOn("memory");
  }

  /**
   * Even if nothing can be written any more. Scala may print a stack trace before: it catches the
   * error in a thread of Spark's, before anybody can hear of it.
   */
  @Test
  @EnabledIfSystemProperty(named = "faults", matches = ALL)
  void aDriverThatLosesEveryByteStillSaysWhyItEnds() throws Exception {
    runInFullMemory("no-memory", FullMemory.Greedy.class);
    assertGoesOn("no-memory");
  }

  private static Finished runInFullMemory(String name, Class<? extends FullMemory> filler)
      throws Exception {
    long began = System.nanoTime();
    Finished full =
        run(
            folder.resolve(name).toString(),
            "--driver-memory=512m",
            "--listener=" + filler.getName());
    double seconds = (System.nanoTime() - began) * 1e-9;
    assertEquals(1, full.exitCode(), full.out() + full.err());
    String told = full.errors().get(full.errors().size() - 1);
    assertTrue(told.startsWith("error: the driver's memory, 512 MB, is full"), full.err());
    FaultyCluster.note(
        "| driver's memory full: `%s`, then resumed | | %.1f s, all | |".formatted(told, seconds));
    return full;
  }

  private static void assertGoesOn(String name) throws Exception {
    Finished resumed = run(folder.resolve(name).toString());
    assertEquals(0, resumed.exitCode(), resumed.err());
    assertUndisturbedBits(name);
    assertTrue(resumed.out().contains("Going on after epoch"), resumed.out());
  }

  @Test
  @EnabledIfSystemProperty(named = "faults", matches = ALL)
  void aKilledGridGoesOnWithThePointsThatAreDone() throws Exception {
    Path file = folder.resolve("small.properties");
    // So many that the second driver comes while the first still works.
    Files.writeString(
        file,
        "workers = 1, 2\nseeds = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10\ndata = generated:600\nepochs = 3\n");
    String[] grid = {
      "grid", file.toString(), "--master=local[2]", "--out=" + folder.resolve("grid")
    };
    try (LoggingProcess driver =
        new LoggingProcess(new Launcher(folder).of(grid), Pattern.compile("^ +2/20 "))) {
      driver.awaitReady();
      driver.kill();
      assertEquals(137, driver.exitCode());
    }
    try (LoggingProcess first =
        new LoggingProcess(new Launcher(folder).of(grid), Pattern.compile("^Going on: "))) {
      first.awaitReady();
      Finished second = new Launcher(folder).run(grid);
      assertEquals(2, second.exitCode(), second.err());
      assertEquals(1, second.errors().size(), second.err());
      assertTrue(second.err().contains("found that of process "), second.err());
      first.kill();
      first.exitCode();
    }
    Finished resumed = new Launcher(folder).run(grid);

    assertEquals(0, resumed.exitCode(), resumed.err());
    assertTrue(
        Pattern.compile("Going on: [0-9]+ of 20 points are done").matcher(resumed.out()).find(),
        resumed.out());
  }

  private static boolean mount(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("mount"));
    command.addAll(List.of(arguments));
    Process mount = new ProcessBuilder(command).start();
    return mount.waitFor(30, TimeUnit.SECONDS) && mount.exitValue() == 0;
  }

  private static void assertUndisturbedBits(String name) throws IOException {
    assertEquals(
        TrainedRun.result(folder.resolve("undisturbed")).parametersSha256(),
        TrainedRun.result(folder.resolve(name)).parametersSha256(),
        name);
  }

  private static List<String> reasons(String name) throws IOException {
    JsonNode root =
        new ObjectMapper().readTree(folder.resolve(name).resolve("result.json").toFile());
    List<String> reasons = new ArrayList<>();
    root.path("reasons").forEach(reason -> reasons.add(reason.asText()));
    return reasons;
  }

  private static Finished run(String out, String... options) throws Exception {
    return Finished.of(builder(out, options), folder);
  }

  private static ProcessBuilder builder(String out, String... options) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--master=local[2]",
                "--data=generated:600",
                "--workers=2",
                "--epochs=" + EPOCHS,
                "--rounds-per-epoch=2",
                "--moments=kept",
                "--preset=none",
                "--checkpoint-every=round",
                "--out=" + out,
                "--conf=spark.hadoop.fs.halting.impl=" + HaltingFiles.class.getName(),
                "--jars=" + folder.resolve("faults.jar")));
    arguments.addAll(List.of(options));
    return new Launcher(folder).of(arguments.toArray(String[]::new));
  }
}
