package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.shardmean.average.AveragingSettings;
import org.shardmean.data.Dataset;
import org.shardmean.data.RowSet;
import org.shardmean.data.ShardAssignment;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.Output;
import org.shardmean.run.RunConfig;
import org.shardmean.train.Batch;
import org.shardmean.train.Engine;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LearningRate;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.Optimizer;
import org.shardmean.train.RoundPlan;
import org.shardmean.train.TrainingRows;
import org.shardmean.wire.WireFormat;

/** The promises of the averaging loop, on rows of floats with targets and weights. */
class RowsLoopIT {
  private static final RowSet.Shape SHAPE = RowSet.Shape.withTargets(6, 2).weighted();
  private static final Dataset TABLE =
      Dataset.of("a table", TrainingRows.draw(SHAPE, 603, 1), TrainingRows.draw(SHAPE, 200, 2));
  private static final ModelSpec NETWORK =
      ModelSpec.parse("6-16-2", Activation.TANH).withOutput(Output.IDENTITY);

  @Test
  void neitherCoresNorHowWorkersAreCutChangesABit() {
    RunConfig config =
        Runs.config(
            NETWORK, 2, Runs.adam(EngineKind.FUSED, 1e-2, 16), AveragingSettings.mean(11, 2));
    Set<String> digests = new HashSet<>();
    Set<Double> losses = new HashSet<>();
    for (int cores : new int[] {1, 3}) {
      try (JavaSparkContext spark = LocalSpark.withCores(cores)) {
        for (int slots : new int[] {1, 2, 4, 50}) {
          TrainingOutcome outcome = Runs.run(spark, TABLE, config, new Cluster(0, slots, "a test"));
          digests.add(Runs.digest(outcome));
          losses.add(outcome.epochs().get(1).validation().lossSum());
          assertEquals(200, outcome.epochs().get(1).validation().examples());
        }
      }
    }
    assertEquals(1, digests.size());
    assertEquals(1, losses.size());
  }

  @ParameterizedTest
  @EnumSource(EngineKind.class)
  void oneWorkerEqualsAPlainFitBitForBit(EngineKind kind) {
    LocalSettings local = LocalSettings.of(kind, Optimizer.SGD, LearningRate.constant(0.1), 16);
    RunConfig config = Runs.config(NETWORK, 2, local, AveragingSettings.mean(1, 3));
    try (JavaSparkContext spark = LocalSpark.withCores(2)) {
      assertArrayEquals(plainFit(config), Runs.run(spark, TABLE, config).parameters());
    }
  }

  /** The same batches in the same order through the engine alone. */
  private static float[] plainFit(RunConfig config) {
    RowSet all = (RowSet) TABLE.train();
    int[] shard = ShardAssignment.of(all, 1, config.seed()).examplesOf(0);
    assertArrayEquals(IntStream.range(0, 603).toArray(), shard);
    try (Engine engine = config.local().engine().create(NETWORK, config.local())) {
      engine.load(Runs.start(config));
      for (int epoch = 1; epoch <= config.epochs(); epoch++) {
        int[] order =
            new RoundPlan(config.seed(), config.epochs(), 1, epoch, 1).order(0, 603).copy(0, 603);
        for (int from = 0; from < order.length; from += 16) {
          Batch batch = new Batch(16, NETWORK);
          batch.fill(all, order, from, Math.min(16, order.length - from));
          engine.step(batch, 0.1);
        }
      }
      return engine.state().parameters();
    }
  }

  @Test
  void sgdAveragedEachStepEqualsOneStepOnTheJoinedBatch() {
    LocalSettings each =
        LocalSettings.of(EngineKind.FUSED, Optimizer.SGD, LearningRate.constant(0.1), 201);
    try (JavaSparkContext spark = LocalSpark.withCores(2)) {
      RunConfig three = Runs.config(NETWORK, 3, each, AveragingSettings.mean(3, 1));
      RunConfig one =
          Runs.config(NETWORK, 3, each.withBatchSize(603), AveragingSettings.mean(1, 1));
      assertArrayEquals(
          Runs.run(spark, TABLE, one).parameters(),
          Runs.run(spark, TABLE, three).parameters(),
          1e-5f);
    }
  }

  /** The same run on images, and on rows of the floats that their bytes stand for. */
  @Test
  void rowsOfAnImagesFloatsGiveTheRunOnImages() {
    Dataset digits = Runs.generated(603, 200);
    Dataset rows = Dataset.of("rows", asRows(digits.train()), asRows(digits.test()));
    RunConfig config =
        Runs.config(
            Runs.SMALL, 2, Runs.adam(EngineKind.FUSED, 1e-2, 16), AveragingSettings.mean(4, 3));
    try (JavaSparkContext spark = LocalSpark.withCores(2)) {
      TrainingOutcome ofImages = Runs.run(spark, digits, config);
      TrainingOutcome ofRows = Runs.run(spark, rows, config);
      assertEquals(Runs.digest(ofImages), Runs.digest(ofRows));
      assertEquals(ofImages.epochs().get(1).validation(), ofRows.epochs().get(1).validation());
    }
  }

  private static RowSet asRows(org.shardmean.data.ExampleSource images) {
    int[] all = IntStream.range(0, images.count()).toArray();
    return TrainingRows.of(images.select(all).images());
  }

  @Test
  void aTableIsLearntWithEveryWire() {
    try (JavaSparkContext spark = LocalSpark.withCores(2)) {
      for (WireFormat wire : WireFormat.values()) {
        RunConfig config =
            Runs.config(
                NETWORK,
                12,
                Runs.adam(EngineKind.FUSED, 1e-2, 16),
                AveragingSettings.mean(2, 2).withWire(wire));
        TrainingOutcome outcome = Runs.run(spark, TABLE, config);
        List<Double> losses =
            outcome.epochs().stream().map(epoch -> epoch.validation().loss()).toList();
        assertTrue(losses.get(11) < 0.4 * losses.get(0), wire + ": " + losses);
      }
    }
  }
}
