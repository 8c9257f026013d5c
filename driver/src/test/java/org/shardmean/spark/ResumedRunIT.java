package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shardmean.average.AveragingSettings;
import org.shardmean.average.MomentPolicy;
import org.shardmean.average.OuterKind;
import org.shardmean.average.SumPlace;
import org.shardmean.checkpoint.Checkpoint;
import org.shardmean.checkpoint.Checkpoints;
import org.shardmean.checkpoint.RunIdentity;
import org.shardmean.data.Dataset;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.Output;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.Progress;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunListener;
import org.shardmean.run.RunStatus;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LearningRate;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.Optimizer;
import org.shardmean.wire.WireFormat;

/** A run that goes on from a file, on other slots, is the run that was never disturbed. */
class ResumedRunIT {
  private static final Dataset DIGITS = Runs.generated(211, 60);
  private static final ModelSpec NETWORK = ModelSpec.parse("784-9-5-10", Activation.TANH);
  private static final ModelSpec AUTOENCODER =
      new ModelSpec(List.of(784, 9, 784), Activation.RELU, Output.SIGMOID);

  @TempDir private Path folder;

  static Stream<RunConfig> runs() {
    return Stream.of(
        config(OuterKind.MEAN, MomentPolicy.AVERAGED, false, Optimizer.ADAM, 0),
        config(OuterKind.NESTEROV, MomentPolicy.KEPT, true, Optimizer.ADAM, 0),
        config(OuterKind.MOMENTUM, MomentPolicy.RESET, true, Optimizer.MOMENTUM, 2),
        config(OuterKind.NESTEROV, MomentPolicy.KEPT, false, Optimizer.SGD, 1),
        config(OuterKind.NESTEROV, MomentPolicy.AVERAGED, false, Optimizer.ADAM, 2)
            .withModel(AUTOENCODER));
  }

  private static RunConfig config(
      OuterKind outer, MomentPolicy moments, boolean reshuffle, Optimizer optimizer, int patience) {
    LocalSettings local =
        LocalSettings.of(EngineKind.FUSED, optimizer, LearningRate.constant(0.02), 8);
    AveragingSettings averaging =
        new AveragingSettings(
            5, 3, outer, 0.9, 0.5, moments, reshuffle, WireFormat.FLOAT32, SumPlace.AUTO);
    return Runs.config(NETWORK, 4, local, averaging).withPatience(patience);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void goingOnFromAnyRoundEndsInTheSameBits(RunConfig config) throws Exception {
    List<Progress> passed = new ArrayList<>();
    TrainingOutcome undisturbed;
    try (JavaSparkContext spark = LocalSpark.withCores(2)) {
      undisturbed = run(spark, config, start(config), passed::add);
    }
    assertTrue(passed.size() >= 2 * 4, "rounds and epochs: " + passed.size());

    for (int cores : new int[] {1, 4}) {
      try (JavaSparkContext spark = LocalSpark.withCores(cores)) {
        for (int at = cores == 1 ? 0 : 1; at < passed.size(); at += 2) {
          List<Progress> rest = new ArrayList<>();
          TrainingOutcome resumed =
              run(spark, config, writtenAndRead(passed.get(at), config), rest::add);

          assertSame(undisturbed, resumed);
          assertEquals(passed.size() - at - 1, rest.size());
        }
      }
    }
  }

  /** All figures but times and what was sent, which depend on the slots. */
  private static void assertSame(TrainingOutcome expected, TrainingOutcome found) {
    assertEquals(expected.status(), found.status());
    assertEquals(expected.keptEpoch(), found.keptEpoch());
    assertArrayEquals(expected.parameters(), found.parameters());
    assertEquals(expected.epochs().size(), found.epochs().size());
    for (int e = 0; e < expected.epochs().size(); e++) {
      EpochRecord wanted = expected.epochs().get(e);
      EpochRecord got = found.epochs().get(e);
      assertEquals(wanted.epoch(), got.epoch());
      assertEquals(wanted.training(), got.training());
      assertEquals(wanted.validation(), got.validation());
      for (int r = 0; r < wanted.rounds().size(); r++) {
        RoundRecord round = got.rounds().get(r);
        assertEquals(wanted.rounds().get(r).score(), round.score());
        assertEquals(wanted.rounds().get(r).drift(), round.drift());
        assertEquals(r + 1, round.round());
        assertEquals(e + 1, round.epoch());
      }
    }
  }

  /** The epochs before go on as they are, and the schedule is the longer run's from there on. */
  @Test
  void aRunThatHasEndedGoesOnWithMoreEpochs() throws Exception {
    RunConfig config =
        config(OuterKind.NESTEROV, MomentPolicy.AVERAGED, false, Optimizer.ADAM, 0).withEpochs(2);
    List<Progress> passed = new ArrayList<>();
    try (JavaSparkContext spark = LocalSpark.withCores(2)) {
      TrainingOutcome shorter = run(spark, config, start(config), passed::add);
      Progress end = writtenAndRead(passed.get(passed.size() - 1), config);
      TrainingOutcome longer = run(spark, config.withEpochs(4), end, now -> {});
      TrainingOutcome atOnce = run(spark, config.withEpochs(4), start(config), now -> {});

      assertEquals(RunStatus.COMPLETED, longer.status());
      assertEquals(4, longer.epochs().size());
      assertEquals(shorter.epochs(), longer.epochs().subList(0, 2));
      assertArrayEquals(
          atOnce.parameters(), longer.parameters(), "a constant rate does not feel the length");
    }
  }

  /** As a machine with a bad memory may answer; the mean over all workers would hide nothing. */
  @Test
  void aNumberOfOneWorkerThatIsNoneEndsTheRunBeforeItIsKept() {
    RunConfig config =
        config(OuterKind.MEAN, MomentPolicy.KEPT, false, Optimizer.ADAM, 0).withEpochs(2);
    List<Progress> passed = new ArrayList<>();
    try (JavaSparkContext spark = LocalSpark.withCores(2)) {
      run(spark, config.withEpochs(1), start(config), passed::add);
      Progress sick = passed.get(passed.size() - 1);
      sick.ownMoments().get(3).values()[100] = Float.NaN;
      List<Progress> after = new ArrayList<>();
      TrainingOutcome outcome = run(spark, config, sick, after::add);

      assertEquals(RunStatus.DIVERGED, outcome.status());
      assertTrue(outcome.problem().orElseThrow().contains("found NaN"), outcome.toString());
      assertEquals(List.of(), after);
    }
  }

  private Progress writtenAndRead(Progress progress, RunConfig config) throws Exception {
    FileSystem files = FileSystem.getLocal(new Configuration()).getRawFileSystem();
    Checkpoints store =
        new Checkpoints(files, new org.apache.hadoop.fs.Path(folder.toString(), "checkpoints"));
    RunIdentity identity = RunIdentity.of(config, "data", "processor (KERNEL)");
    store.commit(new Checkpoint(identity, progress));
    Checkpoint read = store.newest(warning -> assertEquals("", warning)).orElseThrow();
    assertEquals(config, read.identity().config());
    return read.progress();
  }

  private static Progress start(RunConfig config) {
    return Progress.start(Runs.start(config), config.averaging());
  }

  private static TrainingOutcome run(
      JavaSparkContext spark, RunConfig config, Progress start, Consumer<Progress> passed) {
    Cluster cluster = Cluster.of(spark);
    try (Evaluation evaluation =
        new Evaluation(
            spark, config.model(), config.local().engine(), DIGITS.test(), cluster.cores())) {
      return new AveragingLoop(spark, config, cluster, RunListener.NONE)
          .run(DIGITS.train(), evaluation, start, passed);
    }
  }
}
