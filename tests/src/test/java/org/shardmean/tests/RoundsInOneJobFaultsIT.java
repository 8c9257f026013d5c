package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shardmean.RunResult;
import org.shardmean.run.RunEvent;
import org.shardmean.tests.Fault.Action;
import org.shardmean.tests.FaultyCluster.Run;

/**
 * Executors that are lost while a training is one job, whose tasks wait for each other: the run
 * ends in the bits that it has where every round is a job.
 */
class RoundsInOneJobFaultsIT {
  private static final String ALL = "all";

  @TempDir private static Path folder;
  private static FaultyCluster cluster;
  private static RunResult undisturbed;

  @BeforeAll
  static void startAndTrainInAJobForEachRound() throws Exception {
    cluster = FaultyCluster.start(2, folder);
    undisturbed =
        cluster.train(run("undisturbed").with(Map.of("spark.shardmean.roundsInOneJob", "false")));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void anExecutorThatHaltsAtItsStart() throws Exception {
    assertRepeated("halts", run("halts").with(new Fault(1, 1, 1, 0, Action.HALT)));
  }

  /** The other executor does the lost one's part: the job goes on, and no other is needed. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "600"})
  void anExecutorThatIsKilledInTheMiddleOfIt(String copiesAfterSeconds) throws Exception {
    JobDescriptions.ALL.clear();
    assertRepeated(
        "killed, second copies after " + copiesAfterSeconds + " s",
        run("killed-" + copiesAfterSeconds)
            .with(
                Map.of(
                    "spark.extraListeners",
                    JobDescriptions.class.getName(),
                    "spark.shardmean.copiesAfterSeconds",
                    copiesAfterSeconds))
            .hearing(
                round -> {
                  if (round.epoch() == 2 && round.round() == 1) {
                    cluster.executor(1).destroyForcibly();
                  }
                }));
    assertTrue(
        JobDescriptions.ALL.stream().noneMatch(job -> job.startsWith("epoch 2 · round")),
        JobDescriptions.ALL.toString());
  }

  /** Spark makes it, by its name. */
  public static final class JobDescriptions extends SparkListener {
    private static final Queue<String> ALL = new ConcurrentLinkedQueue<>();

    @Override
    public void onJobStart(SparkListenerJobStart start) {
      ALL.add(start.properties().getProperty("spark.job.description", ""));
    }
  }

  /** Spark ends a job for a task that was lost too often, here twice. */
  @Test
  @EnabledIfSystemProperty(named = "faults", matches = ALL)
  void anExecutorThatIsKilledInOneEpochAfterAnother() throws Exception {
    assertRepeated(
        "killed in epochs 2 and 3",
        run("killed-again")
            .with(Map.of("spark.task.maxFailures", "2"))
            .hearing(
                round -> {
                  if (round.epoch() == 2 && round.round() == 1) {
                    cluster.executor(1).destroyForcibly();
                  } else if (round.epoch() == 3 && round.round() == 1) {
                    atWork(2).destroyForcibly();
                  }
                }));
  }

  /** Waits until an executor is there, and then until Spark has had time to give it its task. */
  private static ProcessHandle atWork(int executor) {
    for (int wait = 0; wait < 120 && !cluster.hasExecutor(executor); wait++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
    }
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(4));
    return cluster.executor(executor);
  }

  @Test
  void aTaskThatFailsAfterItsWork() throws Exception {
    RunResult result =
        cluster.train(run("fails").with(new Fault(1, 1, 0, 0, Action.FAIL_AFTERWARDS)));
    assertSameBits(result);
  }

  @Test
  @EnabledIfSystemProperty(named = "faults", matches = ALL)
  void anExecutorThatStandsStill() throws Exception {
    RunResult result = cluster.train(run("still").with(new Fault(1, 1, 1, 0, Action.STAND_STILL)));
    FaultyCluster.note("executor stopped 20 s, rounds in one job", undisturbed, result);
    assertSameBits(result);
  }

  private static void assertRepeated(String name, Run run) throws Exception {
    RunResult result = cluster.train(run);
    FaultyCluster.note("executor " + name + ", rounds in one job", undisturbed, result);
    assertSameBits(result);
    assertTrue(
        result.record().events().stream()
            .anyMatch(event -> event.kind() == RunEvent.Kind.EXECUTOR_LOST),
        FaultyCluster.lines(result).toString());
  }

  private static void assertSameBits(RunResult result) {
    assertEquals(
        undisturbed.record().parametersSha256(),
        result.record().parametersSha256(),
        FaultyCluster.lines(result).toString());
  }

  private static Run run(String name) {
    return Run.undisturbed(name, 2).withRoundsInOneJob();
  }
}
