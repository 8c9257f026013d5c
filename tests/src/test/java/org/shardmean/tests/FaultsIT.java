package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.RunResult;
import org.shardmean.experiment.GridFile;
import org.shardmean.experiment.PointRecord;
import org.shardmean.model.OpenBlas;
import org.shardmean.report.SavedResult;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunEvent;
import org.shardmean.run.RunStatus;
import org.shardmean.spark.ClusterException;
import org.shardmean.tests.Fault.Action;
import org.shardmean.tests.FaultyCluster.Run;

/**
 * Executors and machines that are lost, stand still or are late, on a standalone cluster of real
 * processes: each run ends in the undisturbed bits, or clearly and with a checkpoint to go on from.
 * With {@code -Dfaults=all} also those that take long; {@code tests/faults} runs them.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsIT {
  private static final String ALL = "all";
  private static final Map<String, String> SPECULATION =
      Map.of(
          "spark.speculation", "true",
          "spark.speculation.interval", "100ms",
          "spark.speculation.quantile", "0.5",
          "spark.speculation.multiplier", "2");

  /**
   * The copy of a task looks for its shard where it is kept, on the executor that stands still.
   * Spark waits two minutes there, four times, before it has the shard made again.
   */
  private static final Map<String, String> OVERTAKING =
      Map.of(
          "spark.speculation", "true",
          "spark.speculation.interval", "100ms",
          "spark.speculation.quantile", "0.5",
          "spark.speculation.multiplier", "2",
          "spark.shuffle.io.connectionTimeout", "3s",
          "spark.shuffle.io.maxRetries", "0");

  @TempDir private static Path folder;
  private static FaultyCluster cluster;
  private static RunResult undisturbed;

  @BeforeAll
  static void startAndTrainUndisturbed() throws Exception {
    cluster = FaultyCluster.start(2, folder);
    undisturbed = cluster.train(Run.undisturbed("undisturbed", 2));
    assertEquals(List.of(), FaultyCluster.lines(undisturbed));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** The grid goes on, and a point's bits are those of the same training by itself. */
  @Test
  @Order(0)
  void anExecutorThatHaltsInAGridCostsNoPoint() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("small.properties"),
            """
            workers = 2
            layers = 784-32-10
            epochs = 4
            rounds-per-epoch = 3
            moments = kept
            seeds = 42, 43
            """);
    Run run = run("grid").with(halt(3, 2, 1, 0));

    List<PointRecord> points = cluster.grid(GridFile.read(file.toString()), run);

    assertEquals(List.of("", ""), points.stream().map(PointRecord::problem).toList());
    for (PointRecord point : points) {
      Path result = cluster.folder(run).resolve("points/" + point.point().id() + "/result.json");
      List<String> told = new ObjectMapper().readTree(result.toFile()).findValuesAsText("kind");
      assertTrue(told.contains("executor-lost"), point.point() + ": " + told);
      assertEquals(
          point.point().seed() == 42,
          point.parametersSha256().equals(undisturbed.record().parametersSha256()));
    }
  }

  @Test
  @Order(1)
  void anExecutorThatHaltsInARoundIsRepeatedElsewhereAndItsPlaceIsTaken() throws Exception {
    RunResult result =
        trainAndNote("executor halts in a round", run("halts").with(halt(2, 2, 1, 0)));

    assertTold(result, RunEvent.Kind.EXECUTOR_LOST, "epoch 2, round 2");
  }

  @Test
  @Order(2)
  @EnabledIfSystemProperty(named = "faults", matches = ALL)
  void anExecutorThatIsKilledBetweenRoundsIsMissedInNone() throws Exception {
    RunResult result =
        trainAndNote(
            "executor killed between rounds",
            run("between")
                .hearing(
                    round -> {
                      if (isAt(round, 2, 1)) {
                        cluster.executor(1).destroyForcibly();
                      }
                    }));

    assertTrue(kinds(result).contains(RunEvent.Kind.EXECUTOR_LOST), lines(result));
  }

  @Test
  @Order(3)
  void aTaskThatFailsAfterItsWorkIsRepeatedAndCountsOnce() throws Exception {
    RunResult result =
        trainAndNote(
            "task fails after its work",
            run("afterwards")
                .with(
                    new Fault(1, 1, 0, 0, Action.FAIL_AFTERWARDS),
                    new Fault(3, 3, 1, 0, Action.FAIL_AFTERWARDS),
                    new Fault(3, 3, 1, 1, Action.FAIL_AFTERWARDS)));

    assertTold(result, RunEvent.Kind.TASK_FAILED, "epoch 1, round 1");
    assertTold(result, RunEvent.Kind.TASK_FAILED, "epoch 3, round 3");
  }

  @Test
  @Order(4)
  @EnabledIfSystemProperty(named = "faults", matches = ALL)
  void aStragglerIsOvertakenWhereSpeculationIsOn() throws Exception {
    RunResult result =
        trainAndNote(
            "straggler of 30 s, speculation on",
            run("straggler").with(SPECULATION).with(new Fault(2, 1, 1, 0, Action.BE_LATE)));

    assertTrue(FaultyCluster.seconds(result) < 30, "it was waited for");
  }

  /** The reason is one line, the record says FAILED, and the same command goes on. */
  @Test
  @Order(5)
  void aTaskThatFailsForGoodEndsTheRunWithARecordAndACheckpoint() throws Exception {
    Run failing = run("for-good").with(new Fault(2, 2, 1, Fault.EVERY, Action.FAIL_AFTERWARDS));
    assertThrows(Exception.class, () -> cluster.train(failing));

    SavedResult part = TrainedRun.result(cluster.folder(failing));
    assertEquals(RunStatus.FAILED, part.status());
    assertEquals(1, part.epochs().size());
    RunResult resumed = trainAndNote("task fails in every attempt, then resumed", run("for-good"));
    assertTold(resumed, RunEvent.Kind.RESUMED, "epoch 2, round 1 of 3");
  }

  /** Without a new spread the executor that joined would have nothing to do. */
  @Test
  @Order(6)
  void aLostMachineIsWorkedWithoutAndANewOneGetsItsShare() throws Exception {
    RunResult result =
        trainAndNote(
            "worker process killed, another joins",
            run("machine")
                .hearing(
                    round -> {
                      if (isAt(round, 1, 2)) {
                        cluster.processes().killWorker();
                      } else if (isAt(round, 3, 1)) {
                        addAMachineAndWaitForItsExecutor();
                      }
                    }));

    assertTrue(kinds(result).contains(RunEvent.Kind.EXECUTOR_LOST), lines(result));
    assertTrue(kinds(result).contains(RunEvent.Kind.EXECUTOR_JOINED), lines(result));
    RoundRecord last = result.epochs().get(FaultyCluster.EPOCHS - 1).rounds().get(2);
    RoundRecord alone = result.epochs().get(1).rounds().get(2);
    assertTrue(
        last.bytesOut() > alone.bytesOut(),
        "the state goes to one executor more: %d and %d bytes"
            .formatted(last.bytesOut(), alone.bytesOut()));
  }

  @Test
  @Order(7)
  @EnabledIfSystemProperty(named = "faults", matches = ALL)
  void anExecutorThatStandsStillFor20SecondsIsWaitedForOrOvertaken() throws Exception {
    trainAndNote(
        "executor stopped 20 s", run("still").with(new Fault(2, 2, 1, 0, Action.STAND_STILL)));
    RunResult overtaken =
        trainAndNote(
            "executor stopped 20 s, speculation on",
            run("still-speculation")
                .with(OVERTAKING)
                .with(new Fault(2, 2, 1, 0, Action.STAND_STILL)));
    assertTrue(FaultyCluster.seconds(overtaken) < 20, "it was waited for");
  }

  @Test
  @Order(8)
  @EnabledIfSystemProperty(named = "faults", matches = ALL)
  void anExecutorThatHaltsInEveryAttemptEndsTheRunAndResumes() throws Exception {
    Run failing = run("halts-always").with(halt(2, 2, 1, Fault.EVERY));
    long began = System.nanoTime();
    assertThrows(Exception.class, () -> cluster.train(failing));
    FaultyCluster.note(
        "| executor halts in every attempt: FAILED | | %.1f s | |"
            .formatted((System.nanoTime() - began) * 1e-9));

    assertEquals(RunStatus.FAILED, TrainedRun.result(cluster.folder(failing)).status());
    trainAndNote("the same, then resumed", run("halts-always"));
  }

  @Test
  @Order(9)
  @EnabledIfSystemProperty(named = "faults", matches = ALL)
  void theNumberOfExecutorsChangesNothing() throws Exception {
    cluster.processes().add(2, folder);
    for (int cores : new int[] {1, 4}) {
      trainAndNote(cores + " executors", Run.undisturbed("executors-" + cores, cores));
    }
    Run broken = Run.undisturbed("grows", 1).hearing(FaultsIT::breakOff);
    assertThrows(IllegalStateException.class, () -> cluster.train(broken));
    trainAndNote("broken off on 1 executor, resumed on 4", Run.undisturbed("grows", 4));
  }

  /** Spark alone makes the lost shards again wherever a task slot is free first. */
  @Test
  @Order(10)
  @EnabledIfSystemProperty(named = "faults", matches = ALL)
  void theExecutorsThatRemainShareTheWorkEvenly() throws Exception {
    Run whole = Run.undisturbed("four", 4).withWorkers(4);
    RunResult four = cluster.train(whole);
    TasksByExecutor tasks = new TasksByExecutor();
    RunResult result =
        cluster.train(
            Run.undisturbed("two-of-four", 4)
                .withWorkers(4)
                .hearing(
                    round -> {
                      if (isAt(round, 1, 2)) {
                        cluster.processes().killWorker();
                        cluster.processes().killWorker();
                      } else if (isAt(round, 3, 1)) {
                        tasks.begin();
                      } else if (isAt(round, 3, 3)) {
                        tasks.end();
                      }
                    }));

    FaultyCluster.note("two of four machines are lost", four, result);
    assertEquals(four.record().parametersSha256(), result.record().parametersSha256());
    // Two rounds of four tasks; shards that stay uneven are three on one, so six tasks against two.
    Collection<Integer> counts = tasks.counts().values();
    assertEquals(2, counts.size(), tasks.counts().toString());
    assertTrue(Collections.max(counts) - Collections.min(counts) <= 2, tasks.counts().toString());
  }

  @Test
  @Order(11)
  @EnabledIfSystemProperty(named = "faults", matches = ALL)
  void aClusterWithoutAnyExecutorIsWaitedForForTwoMinutes() throws Exception {
    Run lost =
        run("all-lost")
            .hearing(
                round -> {
                  if (isAt(round, 2, 1)) {
                    cluster.processes().killAllWorkers();
                  }
                });
    long began = System.nanoTime();
    ClusterException end = assertThrows(ClusterException.class, () -> cluster.train(lost));
    FaultyCluster.note(
        "| all workers killed: FAILED, %s | | %.1f s | |"
            .formatted(end.getMessage(), (System.nanoTime() - began) * 1e-9));

    assertEquals(1, end.getMessage().lines().count());
    assertTrue(end.getMessage().contains("expected an executor within 120 s"), end.getMessage());
    assertEquals(RunStatus.FAILED, TrainedRun.result(cluster.folder(lost)).status());
    cluster.processes().add(2, folder);
    trainAndNote("all workers killed, then resumed on new ones", run("all-lost"));
  }

  private static void breakOff(RoundRecord round) {
    if (isAt(round, 3, 2)) {
      throw new IllegalStateException("broken off by the test");
    }
  }

  /** OpenBLAS takes its kernels from the environment, as on a machine with another processor. */
  @Test
  @Order(12)
  @EnabledIfSystemProperty(named = "faults", matches = ALL)
  void anExecutorOfAnotherProcessorThatJoinsIsTold() throws Exception {
    String other = OpenBlas.kernel().equals("Haswell") ? "Sandybridge" : "Haswell";
    RunResult result =
        cluster.train(
            run("other-kernels")
                .hearing(
                    round -> {
                      if (isAt(round, 1, 2)) {
                        cluster.processes().killWorker();
                      } else if (isAt(round, 2, 1)) {
                        addAndWaitForItsExecutor(
                            cluster.processes().nextMachine().with("OPENBLAS_CORETYPE", other));
                      }
                    }));

    String notices = result.record().notices().toString();
    assertTrue(notices.contains("different BLAS kernels"), notices);
    assertTrue(result.record().environment().processor().contains("(" + other + ")"));
    FaultyCluster.note("an executor of another processor joins", undisturbed, result);
  }

  /** It said nothing for nine minutes. */
  @Test
  @Order(13)
  @EnabledIfSystemProperty(named = "faults", matches = ALL)
  void aThousandWorkersOnASmallDriverFinishOrEndClearly() throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--data=generated:20000", "--workers=1000", "--epochs=1"));
    arguments.addAll(List.of("--driver-memory=1g", "--out=" + folder.resolve("thousand")));
    arguments.addAll(cluster.processes().driverOptions());
    long began = System.nanoTime();
    Finished ended = new Launcher(folder).run(arguments.toArray(String[]::new));

    assertTrue(ended.exitCode() == 0 || ended.errors().size() == 1, ended.err());
    FaultyCluster.note(
        "| 1,000 workers, driver of 1 GB: exit code %d | | %.1f s, all | %s |"
            .formatted(ended.exitCode(), (System.nanoTime() - began) * 1e-9, ended.err().strip()));
  }

  private static void addAMachineAndWaitForItsExecutor() {
    addAndWaitForItsExecutor(cluster.processes().nextMachine());
  }

  private static void addAndWaitForItsExecutor(StandaloneCluster.Machine machine) {
    try {
      cluster.processes().add(List.of(machine), folder);
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (System.nanoTime() < until && !joined()) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      TimeUnit.SECONDS.sleep(1); // It registers its memory a moment after its process is there.
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean joined() {
    return org.apache.spark.SparkContext.getOrCreate().getExecutorMemoryStatus().size() > 2;
  }

  private static Run run(String name) {
    return Run.undisturbed(name, 2);
  }

  private static Fault halt(int epoch, int round, int worker, int attempt) {
    return new Fault(epoch, round, worker, attempt, Action.HALT);
  }

  private static boolean isAt(RoundRecord round, int epoch, int number) {
    return round.epoch() == epoch && round.round() == number;
  }

  /** Every run that can end ends in the undisturbed bits. */
  private static RunResult trainAndNote(String fault, Run run) throws IOException {
    RunResult result = cluster.train(run);
    FaultyCluster.note(fault, undisturbed, result);
    assertEquals(
        undisturbed.record().parametersSha256(), result.record().parametersSha256(), fault);
    assertEquals(FaultyCluster.EPOCHS, result.epochs().size());
    return result;
  }

  private static void assertTold(RunResult result, RunEvent.Kind kind, String during) {
    assertTrue(
        result.record().events().stream()
            .anyMatch(event -> event.kind() == kind && event.during().equals(during)),
        lines(result));
  }

  private static List<RunEvent.Kind> kinds(RunResult result) {
    return result.record().events().stream().map(RunEvent::kind).toList();
  }

  private static String lines(RunResult result) {
    return FaultyCluster.lines(result).toString();
  }
}
