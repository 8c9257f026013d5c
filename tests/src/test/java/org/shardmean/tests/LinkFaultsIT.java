package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
import org.shardmean.tests.FaultyCluster.Run;

/**
 * The link to one of two machines is cut: packets vanish, and no connection is closed. Part of
 * {@code tests/faults}.
 */
@EnabledIfSystemProperty(named = "faults", matches = "all")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LinkFaultsIT {
  /** Spark's own bounds are two minutes, looked at once a minute. */
  private static final Map<String, String> IMPATIENT =
      Map.of(
          "spark.network.timeout", "15s",
          "spark.network.timeoutInterval", "1s",
          "spark.executor.heartbeatInterval", "2s");

  @TempDir private static Path folder;
  private static CutLink link;
  private static FaultyCluster cluster;
  private static RunResult undisturbed;

  @BeforeAll
  static void startAndTrainUndisturbed() throws Exception {
    link = CutLink.makeOrSkip();
    StandaloneCluster processes = StandaloneCluster.start(CutLink.HERE, folder);
    cluster = FaultyCluster.on(processes, folder);
    processes.add(List.of(StandaloneCluster.Machine.at(CutLink.HERE), link.machine()), folder);
    undisturbed = cluster.train(Run.undisturbed("undisturbed", 2));
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
    if (link != null) {
      link.close();
    }
  }

  @Test
  @Order(1)
  void aLinkThatIsDownForFiveSecondsIsWaitedFor() throws Exception {
    RunResult result = cutInEpoch2("link cut for 5 s", 5);

    assertEquals(List.of(), FaultyCluster.lines(result));
  }

  @Test
  @Order(2)
  void aMachineThatIsCutOffIsWorkedWithout() throws Exception {
    RunResult result = cutInEpoch2("link cut for good, found out after 15 s", 120);

    assertTrue(FaultyCluster.lines(result).toString().contains("lost in epoch 2"), "not lost");
    assertTrue(FaultyCluster.seconds(result) < 60, "seconds: " + FaultyCluster.seconds(result));
  }

  private static RunResult cutInEpoch2(String fault, long seconds) throws Exception {
    CompletableFuture<Void> over = new CompletableFuture<>();
    CompletableFuture<Void> restored = over.thenRun(link::restore);
    Run run =
        Run.undisturbed("cut-" + seconds, 2)
            .with(IMPATIENT)
            .hearing(
                round -> {
                  if (round.epoch() == 2 && round.round() == 1) {
                    link.cut();
                    over.completeOnTimeout(null, seconds, TimeUnit.SECONDS);
                  }
                });
    RunResult result = cluster.train(run);
    over.complete(null);
    restored.get(30, TimeUnit.SECONDS);
    FaultyCluster.note(fault, undisturbed, result);
    assertEquals(undisturbed.record().parametersSha256(), result.record().parametersSha256());
    return result;
  }
}
