package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.shardmean.average.AveragingSettings;
import org.shardmean.average.MomentPolicy;
import org.shardmean.average.OuterKind;
import org.shardmean.average.SumPlace;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunConfig;
import org.shardmean.train.EngineKind;
import org.shardmean.wire.WireFormat;

class RoundSizeIT {
  private static final long STATE = 16 + 12 * 109_386L;

  @Test
  void aRoundBringsBackOnePartialSumForEachSubtree() {
    assertEquals(2 * STATE, RoundMemory.of(config(8, MomentPolicy.AVERAGED), 2, 1).back());
    assertEquals(3 * STATE, RoundMemory.of(config(5, MomentPolicy.AVERAGED), 2, 1).back());
    long parametersOnly = 16 + 4 * 109_386L;
    assertEquals(2 * parametersOnly, RoundMemory.of(config(8, MomentPolicy.RESET), 2, 1).back());
    assertEquals(
        2 * parametersOnly + 8 * (16 + 8 * 109_386L),
        RoundMemory.of(config(8, MomentPolicy.KEPT), 2, 1).back());
  }

  /** Bytes used to be counted in 32 bits, which 179 million parameters overflow. */
  @Test
  void largeNetworksAreCountedRight() {
    RunConfig config =
        config(2, MomentPolicy.AVERAGED)
            .withModel(ModelSpec.parse("784-240000-10", Activation.RELU));
    assertTrue(config.model().parameters() > 179_000_000);
    assertEquals(2 * (16 + 12L * config.model().parameters()), RoundMemory.of(config, 2, 1).back());
  }

  @Test
  void whatCannotWorkIsRefusedInOneLineWithItsRemedy() {
    try (JavaSparkContext spark =
        new JavaSparkContext(LocalSpark.conf(2).set("spark.driver.maxResultSize", "2m"))) {
      assertDoesNotThrow(
          () ->
              RoundSize.require(
                  spark, config(8, MomentPolicy.AVERAGED), new Cluster(0, 1, "a test")));

      List<String> results =
          assertThrows(
                  ConfigurationException.class,
                  () ->
                      RoundSize.require(
                          spark, config(8, MomentPolicy.AVERAGED), new Cluster(0, 2, "a test")))
              .problems();
      assertEquals(
          List.of(
              "109,386 parameters: expected a round's results to be at most"
                  + " spark.driver.maxResultSize, 2.0 MiB, found 2.5 MiB; give --conf"
                  + " spark.driver.maxResultSize=3m, or a smaller network"),
          results);
    }
  }

  @Test
  void statesThatNoHeapCanHoldAreRefusedToo() {
    RunConfig huge =
        config(64, MomentPolicy.AVERAGED)
            .withModel(ModelSpec.parse("784-330000-10", Activation.RELU));
    try (JavaSparkContext spark =
        new JavaSparkContext(LocalSpark.conf(2).set("spark.driver.maxResultSize", "0"))) {
      List<String> problems =
          assertThrows(
                  ConfigurationException.class,
                  () -> RoundSize.require(spark, huge, new Cluster(16, 64, "a test")))
              .problems();
      assertEquals(1, problems.size());
      assertTrue(problems.get(0).contains("give --driver-memory"), problems.get(0));
    }
  }

  /** Two executors of 2 GB used to fail one after the other, with no word about memory. */
  @Test
  void executorsThatAreTooSmallForTheirStatesAreRefusedBeforehand() {
    RunConfig large =
        config(4, MomentPolicy.AVERAGED, SumPlace.DRIVER)
            .withModel(ModelSpec.parse("784-4000-4000-10", Activation.RELU));

    RoundMemory memory = RoundMemory.of(large, 2, 2);

    long state = 16 + 12 * 19_184_010L;
    assertEquals(state, memory.state());
    assertEquals(2 * state, memory.back());
    assertEquals((300L << 20) + Math.round(1.65 * 5 * state), memory.executor());
    assertEquals((300L << 20) + Math.round(1.25 * 8 * state), memory.driver());
    assertEquals((300L << 20) + Math.round(1.65 * 13 * state), RoundMemory.of(large, 2, 1).both());
    long twoGigabytes = 2L << 30;
    assertTrue(memory.driver() > twoGigabytes && memory.executor() > twoGigabytes);
    assertEquals(
        (300L << 20) + Math.round(1.65 * 8 * state),
        RoundMemory.of(large, 4, 2).executor(),
        "two tasks at once");
    assertTrue(
        RoundMemory.of(large.withAveraging(large.averaging().withWire(WireFormat.INT8)), 2, 2)
                .executor()
            < memory.executor());
  }

  /** A heap that is too small is named with the option that makes it larger. */
  @Test
  void eachHeapIsNamedWithItsOption() {
    RunConfig large =
        config(4, MomentPolicy.AVERAGED)
            .withModel(ModelSpec.parse("784-9000-9000-10", Activation.RELU));
    try (JavaSparkContext spark =
        new JavaSparkContext(LocalSpark.conf(2).set("spark.driver.maxResultSize", "0"))) {
      String problem =
          assertThrows(
                  ConfigurationException.class,
                  () -> RoundSize.require(spark, large, new Cluster(0, 2, "a test")))
              .problems()
              .get(0);
      assertTrue(
          problem.startsWith(
              "88,164,010 parameters: expected this process to have a heap for a round's states, "),
          problem);
      assertTrue(problem.contains("; give --driver-memory "), problem);
    }
  }

  /** 1,024 workers need no more of the driver than 64, where as many tasks train them. */
  @Test
  void inPartsTheDriverNeedsTheSameForAnyNumberOfWorkersAndTasks() {
    ModelSpec large = ModelSpec.parse("784-4000-4000-10", Activation.RELU);
    RoundMemory few =
        RoundMemory.of(config(64, MomentPolicy.AVERAGED, SumPlace.SLICED).withModel(large), 64, 16);
    RoundMemory many =
        RoundMemory.of(
            config(1024, MomentPolicy.AVERAGED, SumPlace.SLICED).withModel(large), 64, 16);
    assertEquals(few.driver(), many.driver());
    assertTrue(
        many.largestShare() >= 64 * (many.back() / 64), "a task takes in its part of all answers");
    assertEquals(16 + 12 * 19_184_010L, many.back());
  }

  @Test
  void autoAddsUpInPartsWhereStatesAreLargeAndSeveralExecutorsSendThem() {
    RunConfig small = config(8, MomentPolicy.AVERAGED);
    RunConfig large = small.withModel(ModelSpec.parse("784-4000-4000-10", Activation.RELU));
    assertFalse(RoundMemory.of(small, 8, 8).isSliced());
    assertTrue(RoundMemory.of(large, 8, 8).isSliced());
    assertFalse(RoundMemory.of(large, 8, 1).isSliced(), "one executor, or the driver itself");
    assertFalse(
        RoundMemory.of(config(64, MomentPolicy.AVERAGED), 64, 8).isSliced(),
        "a network of one part, which one executor alone would add up");
    RunConfig kept = config(8, MomentPolicy.KEPT).withModel(large.model());
    assertFalse(RoundMemory.of(kept, 8, 8).isSliced());
  }

  private static RunConfig config(int workers, MomentPolicy moments) {
    return config(workers, moments, SumPlace.AUTO);
  }

  private static RunConfig config(int workers, MomentPolicy moments, SumPlace place) {
    return Runs.config(
        Runs.LECTURE,
        1,
        Runs.adam(EngineKind.FUSED, 1e-3, 64),
        new AveragingSettings(
            workers, 1, OuterKind.MEAN, 1, 0, moments, false, WireFormat.FLOAT32, place));
  }
}
