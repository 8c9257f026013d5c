package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shardmean.RunResult;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunEvent;
import org.shardmean.tests.Fault.Action;
import org.shardmean.tests.FaultyCluster.Run;

/**
 * Results that executors add up part by part, on processes of their own: the bits are those of the
 * driver's sums, also where an executor is lost with the parts that it kept.
 */
class SlicedFaultsIT {
  /** 397,510 parameters: two grains. */
  private static final String LAYERS = "784-500-10";

  @TempDir private static Path folder;
  private static FaultyCluster cluster;
  private static RunResult byDriver;

  @BeforeAll
  static void startAndAddUpOnTheDriver() throws Exception {
    cluster = FaultyCluster.start(2, folder);
    byDriver = cluster.train(run("driver", "driver"));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void theDriverSendsNoStateAfterTheFirstRoundAndGetsOneInEach() throws Exception {
    RunResult result = cluster.train(run("undisturbed", "sliced"));
    assertSameBits(result);
    RoundRecord round = result.epochs().get(1).rounds().get(0);
    assertEquals(0, round.bytesOut());
    RoundRecord there = byDriver.epochs().get(1).rounds().get(0);
    assertTrue(2 * round.bytesBack() < there.bytesBack() + 1000, "found " + round.bytesBack());
  }

  /** Between two rounds, or while the next one is trained and added up. */
  @ParameterizedTest
  @ValueSource(ints = {0, 150, 400})
  void anExecutorThatIsKilledTakesItsPartsAlong(int afterMillis) throws Exception {
    Executor later = CompletableFuture.delayedExecutor(afterMillis, TimeUnit.MILLISECONDS);
    RunResult result =
        cluster.train(
            run("killed-" + afterMillis, "sliced")
                .hearing(
                    round -> {
                      if (round.epoch() == 2 && round.round() == 1) {
                        later.execute(() -> cluster.executor(1).destroyForcibly());
                      }
                    }));
    FaultyCluster.note("executor killed, sums in parts", byDriver, result);
    assertSameBits(result);
    assertTrue(
        result.record().events().stream()
            .anyMatch(event -> event.kind() == RunEvent.Kind.EXECUTOR_LOST),
        FaultyCluster.lines(result).toString());
  }

  @Test
  void aTaskThatFailsAfterItsWork() throws Exception {
    assertSameBits(
        cluster.train(run("fails", "sliced").with(new Fault(2, 1, 0, 0, Action.FAIL_AFTERWARDS))));
  }

  private static void assertSameBits(RunResult result) {
    assertEquals(
        byDriver.record().parametersSha256(),
        result.record().parametersSha256(),
        FaultyCluster.lines(result).toString());
  }

  private static Run run(String name, String averaging) {
    return Run.undisturbed(name, 2)
        .withRoundsInOneJob()
        .withSettings(Map.of("layers", LAYERS, "averaging", averaging, "outer", "nesterov"));
  }
}
