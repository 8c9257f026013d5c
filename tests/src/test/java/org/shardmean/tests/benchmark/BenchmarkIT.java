package org.shardmean.tests.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.tests.StandaloneCluster;

/** The benchmarks run, on next to nothing; speed is not judged here, only that all learn. */
class BenchmarkIT {
  /** The accuracy of ten classes guessed. */
  private static final double GUESSING = 0.1;

  @TempDir Path folder;

  @Test
  void everyContenderTrains() throws Exception {
    EndToEndSetting tiny = new EndToEndSetting("generated:600", 2, 0, 1, 10, 1);
    List<EndToEndSpeed> speeds = EndToEndBenchmark.measure(tiny, folder);
    Set<String> names = speeds.stream().map(EndToEndSpeed::contender).collect(Collectors.toSet());
    assertEquals(speeds.size(), names.size());
    assertTrue(
        names.containsAll(
            Set.of(
                EndToEndBenchmark.FUSED_TWO,
                EndToEndBenchmark.FUSED_ONE,
                EndToEndBenchmark.PARAMETER_AVERAGING,
                "Spark MLlib perceptron",
                "DL4J fit, one process")),
        names::toString);
    for (EndToEndSpeed speed : speeds) {
      assertTrue(speed.imagesPerSecond().lowest() > 0, speed::toString);
      assertTrue(speed.trainSeconds().median() < speed.wholeSeconds().median(), speed::toString);
      double learned = speed.contender().startsWith("ours") ? 0.7 : 3 * GUESSING;
      assertTrue(speed.accuracy().median() >= learned, speed::toString);
    }
    String table = EndToEndBenchmark.table(speeds);
    int header = 1;
    int ratios = 2;
    assertEquals(header + speeds.size() + ratios, table.lines().count(), table);
    assertEquals(
        speeds.size(), new ObjectMapper().valueToTree(speeds).size(), "contenders in JSON");
  }

  @Test
  void syncAndScalingAreMeasuredOnACluster() throws Exception {
    try (StandaloneCluster cluster = StandaloneCluster.start(2, folder)) {
      try (JavaSparkContext spark = ClusterContexts.open(cluster.master(), 2)) {
        SyncCost cost = SyncBenchmark.measure(spark, "here", SyncBenchmark.NETWORKS.get(0), 2, 5);
        assertEquals(109_386, cost.parameters());
        assertEquals(5, cost.round().runs());
        assertTrue(cost.sync().median() <= cost.round().highest(), cost::toString);
        assertTrue(cost.emptyJob().lowest() > 0, cost::toString);
        assertEquals(2, SyncBenchmark.table(List.of(cost)).lines().count());
      }
      List<ScalingSpeed> speeds = ScalingBenchmark.measure(cluster.master(), 1000, 3);
      assertEquals(
          List.of("strong 1 1000", "strong 2 1000", "weak 1 500", "weak 2 1000"),
          speeds.stream().map(s -> s.kind() + " " + s.workers() + " " + s.images()).toList());
      for (ScalingSpeed speed : speeds) {
        assertEquals(2, speed.imagesPerSecond().runs());
        assertTrue(speed.shardBytes() >= 785L * speed.images() / speed.workers(), speed::toString);
      }
    }
  }

  @Test
  void medianIsTheLowerOfTheTwoInTheMiddle() {
    assertEquals(new Spread(2, 1, 4, 4), Spread.of(List.of(4.0, 1.0, 3.0, 2.0)));
  }
}
