package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.shardmean.average.AveragingSettings;
import org.shardmean.average.Drift;
import org.shardmean.average.MomentPolicy;
import org.shardmean.average.OuterKind;
import org.shardmean.average.SumPlace;
import org.shardmean.data.Dataset;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.ImageSet;
import org.shardmean.data.RealMnist;
import org.shardmean.data.ShardAssignment;
import org.shardmean.model.Activation;
import org.shardmean.model.Dl4jNetworks;
import org.shardmean.model.ModelSpec;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunStatus;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LearningRate;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.Optimizer;
import org.shardmean.train.RoundPlan;
import org.shardmean.wire.WireFormat;

class AveragingLoopIT {
  private static final Dataset DIGITS = Runs.generated(603, 200);

  @ParameterizedTest
  @EnumSource(EngineKind.class)
  void theSameSeedAndWorkersEndInTheSameBitsOnAnyNumberOfCores(EngineKind engine) {
    RunConfig config =
        Runs.config(Runs.SMALL, 2, Runs.adam(engine, 1e-2, 16), AveragingSettings.mean(4, 3));

    List<String> digests = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    for (int cores : new int[] {1, 2, 4}) {
      try (JavaSparkContext spark = LocalSpark.withCores(cores)) {
        TrainingOutcome outcome = Runs.run(spark, DIGITS, config);
        digests.add(Runs.digest(outcome));
        losses.add(outcome.epochs().get(1).validation().lossSum());
      }
    }

    assertEquals(digests.get(0), digests.get(1));
    assertEquals(digests.get(0), digests.get(2));
    assertEquals(losses.get(0), losses.get(1));
    assertEquals(losses.get(0), losses.get(2));
  }

  @ParameterizedTest
  @CsvSource({
    "AVERAGED, FLOAT32",
    "AVERAGED, BFLOAT16",
    "AVERAGED, INT8",
    "KEPT, FLOAT32",
    "KEPT, INT8",
    "RESET, INT8"
  })
  void howTheWorkersAreCutIntoTasksChangesNoBit(MomentPolicy policy, WireFormat wire) {
    AveragingSettings averaging =
        new AveragingSettings(11, 2, OuterKind.NESTEROV, 1, 0.6, policy, true, wire, SumPlace.AUTO);
    RunConfig config = Runs.config(Runs.SMALL, 2, Runs.adam(EngineKind.FUSED, 1e-2, 16), averaging);

    Set<String> digests = new HashSet<>();
    Set<Drift> drifts = new HashSet<>();
    try (JavaSparkContext spark = LocalSpark.withCores(2)) {
      for (int slots : new int[] {1, 2, 3, 4, 11, 50}) {
        TrainingOutcome outcome = Runs.run(spark, DIGITS, config, new Cluster(0, slots, "a test"));
        digests.add(Runs.digest(outcome));
        drifts.add(outcome.epochs().get(1).rounds().get(1).drift());
      }
    }

    assertEquals(1, digests.size());
    assertEquals(1, drifts.size());
  }

  @Test
  void anotherSeedOrNumberOfWorkersGivesOtherBits() {
    LocalSettings local = Runs.adam(EngineKind.FUSED, 1e-2, 16);
    try (JavaSparkContext spark = LocalSpark.withCores(2)) {
      RunConfig two = Runs.config(Runs.SMALL, 1, local, AveragingSettings.mean(2, 1));
      RunConfig three = Runs.config(Runs.SMALL, 1, local, AveragingSettings.mean(3, 1));
      assertNotEquals(
          Runs.digest(Runs.run(spark, DIGITS, two)), Runs.digest(Runs.run(spark, DIGITS, three)));
    }
  }

  @Test
  void oneWorkerEqualsDl4jsPlainFitBitForBit() {
    LocalSettings local =
        LocalSettings.of(EngineKind.DL4J, Optimizer.SGD, LearningRate.constant(0.1), 16);
    RunConfig config = Runs.config(Runs.SMALL, 2, local, AveragingSettings.mean(1, 3));

    float[] trained;
    try (JavaSparkContext spark = LocalSpark.withCores(2)) {
      trained = Runs.run(spark, DIGITS, config).parameters();
    }

    assertArrayEquals(plainFit(config, new Sgd(0.1)), trained);
  }

  @Test
  void sgdAveragedEachStepEqualsOneStepOnTheJoinedBatch() {
    int workers = 3;
    LocalSettings each =
        LocalSettings.of(EngineKind.FUSED, Optimizer.SGD, LearningRate.constant(0.1), 201);
    LocalSettings joined =
        LocalSettings.of(EngineKind.FUSED, Optimizer.SGD, LearningRate.constant(0.1), 603);
    try (JavaSparkContext spark = LocalSpark.withCores(2)) {
      float[] averaged =
          Runs.run(
                  spark,
                  DIGITS,
                  Runs.config(Runs.SMALL, 3, each, AveragingSettings.mean(workers, 1)))
              .parameters();
      float[] whole =
          Runs.run(spark, DIGITS, Runs.config(Runs.SMALL, 3, joined, AveragingSettings.mean(1, 1)))
              .parameters();
      assertArrayEquals(whole, averaged, 1e-5f);
    }
  }

  @Test
  void everyExampleIsUsedOnceAnEpochAndEveryValidationImageScoredOnce() {
    RunConfig config =
        Runs.config(
            Runs.SMALL, 2, Runs.adam(EngineKind.FUSED, 1e-3, 10), AveragingSettings.mean(4, 5));
    try (JavaSparkContext spark = LocalSpark.withCores(2)) {
      for (EpochRecord epoch : Runs.run(spark, DIGITS, config).epochs()) {
        assertEquals(603, epoch.training().examples());
        assertEquals(200, epoch.validation().examples());
        assertEquals(5, epoch.rounds().size());
        assertEquals(603, epoch.rounds().stream().mapToLong(r -> r.score().examples()).sum());
        for (RoundRecord round : epoch.rounds()) {
          assertTrue(round.time().sync() >= 0 && round.time().waiting() >= 0, round.toString());
        }
      }
    }
  }

  @Test
  void aLossThatExplodesStopsTheRunAndKeepsTheLastGoodState() {
    LocalSettings local =
        LocalSettings.of(EngineKind.FUSED, Optimizer.SGD, LearningRate.constant(1e6), 16);
    RunConfig config = Runs.config(Runs.SMALL, 2, local, AveragingSettings.mean(2, 1));
    try (JavaSparkContext spark = LocalSpark.withCores(2)) {
      TrainingOutcome outcome = Runs.run(spark, DIGITS, config);
      assertEquals(RunStatus.DIVERGED, outcome.status());
      String problem = outcome.problem().orElseThrow();
      assertTrue(problem.startsWith("epoch 1 · round 1: training diverged: expected"), problem);
      assertTrue(problem.contains("--learning-rate"), problem);
      assertArrayEquals(Runs.start(config).parameters(), outcome.parameters());
      assertEquals(0, outcome.keptEpoch());
    }
  }

  @Test
  void withPatienceTheStateKeptIsTheOneThatScoredBest() {
    RunConfig config =
        Runs.config(
                Runs.SMALL, 40, Runs.adam(EngineKind.FUSED, 2e-2, 16), AveragingSettings.mean(2, 1))
            .withPatience(2);
    try (JavaSparkContext spark = LocalSpark.withCores(2);
        Evaluation evaluation =
            new Evaluation(spark, config.model(), EngineKind.FUSED, DIGITS.test(), 2)) {
      TrainingOutcome outcome = Runs.run(spark, DIGITS, config);

      assertEquals(RunStatus.STOPPED_EARLY, outcome.status());
      assertEquals(outcome.epochs().size() - 2, outcome.keptEpoch());
      assertEquals(
          outcome.epochs().get(outcome.keptEpoch() - 1).validation(),
          evaluation.score(outcome.parameters(), "kept"));
    }
  }

  /** Sharding again used to be outside the epoch's time, so that images a second were too many. */
  @Test
  void shardingAgainIsPartOfAnEpochsTime() {
    double slow = 0.3;
    Dataset slowDigits = Dataset.of("slow", new Slow(DIGITS.train(), slow), DIGITS.test());
    AveragingSettings averaging =
        new AveragingSettings(
            2,
            2,
            OuterKind.MEAN,
            1,
            0,
            MomentPolicy.AVERAGED,
            true,
            WireFormat.FLOAT32,
            SumPlace.AUTO);
    RunConfig config = Runs.config(Runs.SMALL, 2, Runs.adam(EngineKind.FUSED, 1e-3, 16), averaging);
    try (JavaSparkContext spark = LocalSpark.withCores(2)) {
      EpochRecord second = Runs.run(spark, slowDigits, config).epochs().get(1);
      assertTrue(second.trainSeconds() >= slow, second.time().toString());
      assertTrue(second.rounds().get(0).time().sync() >= slow, second.time().toString());
    }
  }

  /** Images in memory that take long to select. */
  private record Slow(ExampleSource source, double seconds) implements ExampleSource {
    @Override
    public int count() {
      return source.count();
    }

    @Override
    public int height() {
      return source.height();
    }

    @Override
    public int width() {
      return source.width();
    }

    @Override
    public int classes() {
      return source.classes();
    }

    @Override
    public int label(int i) {
      return source.label(i);
    }

    @Override
    public ImageSet select(int[] indices) {
      long until = System.nanoTime() + (long) (seconds * 1e9);
      while (System.nanoTime() < until) {
        LockSupport.parkNanos(until - System.nanoTime());
      }
      return source.select(indices).images();
    }
  }

  @Test
  void realMnistReachesTheLecturesAccuracy() {
    Dataset mnist = RealMnist.load();
    try (JavaSparkContext spark = LocalSpark.withCores(2)) {
      RunConfig config =
          Runs.config(
              ModelSpec.parse("784-64-10", Activation.RELU),
              20,
              Runs.adam(EngineKind.FUSED, 5e-3, 64),
              AveragingSettings.mean(2, 4));
      List<EpochRecord> epochs = Runs.run(spark, mnist, config).epochs();
      double accuracy = epochs.get(epochs.size() - 1).validation().accuracy();
      assertTrue(accuracy >= 0.975, "lecture: 97.5% after 20 epochs; found " + accuracy);
    }
  }

  /** The same batches in the same order through DL4J alone, without anything of ours but data. */
  private static float[] plainFit(RunConfig config, Sgd updater) {
    MultiLayerNetwork network =
        Dl4jNetworks.network(config.model(), Runs.start(config).parameters(), updater, 0);
    ImageSet all =
        DIGITS
            .train()
            .select(ShardAssignment.of(DIGITS.train(), 1, config.seed()).examplesOf(0))
            .images();
    int size = config.local().batchSize();
    for (int epoch = 1; epoch <= config.epochs(); epoch++) {
      int[] order =
          new RoundPlan(config.seed(), config.epochs(), 1, epoch, 1)
              .order(0, all.count())
              .copy(0, all.count());
      for (int from = 0; from < order.length; from += size) {
        int count = Math.min(size, order.length - from);
        float[] pixels = new float[count * all.pixels()];
        float[] labels = new float[count * all.classes()];
        for (int row = 0; row < count; row++) {
          all.scaleInto(order[from + row], pixels, row * all.pixels());
          labels[row * all.classes() + all.label(order[from + row])] = 1;
        }
        INDArray features = Nd4j.createFromArray(pixels).reshape('c', count, all.pixels());
        network.fit(features, Nd4j.createFromArray(labels).reshape('c', count, all.classes()));
      }
    }
    return network.params().dup().data().asFloat();
  }
}
