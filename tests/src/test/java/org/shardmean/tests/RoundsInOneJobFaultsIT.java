package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
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

  /** What the other executor has done in that round is not done again. */
  @Test
  void anExecutorThatIsKilledInTheMiddleOfIt() throws Exception {
    JobSizes.TASKS.clear();
    assertRepeated(
        "killed",
        run("killed")
            .with(Map.of("spark.extraListeners", JobSizes.class.getName()))
            .hearing(
                round -> {
                  if (round.epoch() == 2 && round.round() == 1) {
                    cluster.executor(1).destroyForcibly();
                  }
                }));
    assertEquals(1, JobSizes.TASKS.get("epoch 2 · round 2"), JobSizes.TASKS.toString());
    assertEquals(2, JobSizes.TASKS.get("epoch 2 · round 3"), JobSizes.TASKS.toString());
  }

  /** Spark makes it, by its name. */
  public static final class JobSizes extends SparkListener {
    private static final Map<String, Integer> TASKS = new ConcurrentHashMap<>();

    @Override
    public void onJobStart(SparkListenerJobStart start) {
      String description = start.properties().getProperty("spark.job.description");
      if (description != null) {
        TASKS.put(description, start.stageInfos().apply(0).numTasks());
      }
    }
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
