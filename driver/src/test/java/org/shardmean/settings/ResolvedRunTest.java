package org.shardmean.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.shardmean.average.MomentPolicy;
import org.shardmean.average.OuterKind;
import org.shardmean.model.InitialWeights;
import org.shardmean.model.Output;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunConfig;
import org.shardmean.train.LearningRate;
import org.shardmean.train.Optimizer;
import org.shardmean.wire.WireFormat;

class ResolvedRunTest {
  private static final DataShape MNIST = new DataShape(60_000, 784, 10);

  @Test
  void layersFollowTheData() {
    ResolvedRun run = resolve(new DataShape(1_000, 12 * 12, 26), 2);

    assertEquals(List.of(144, 128, 64, 26), run.config().model().layers());
  }

  @Test
  void anAutoencoderEndsInWhatItBeganWithAndKnowsNoLabels() {
    ResolvedRun run = resolve(new DataShape(1_000, 20 * 12, 6), 2, "--task=autoencoder");

    assertEquals(List.of(240, 128, 32, 128, 240), run.config().model().layers());
    assertEquals(Output.SIGMOID, run.config().model().output());
    assertEquals(0, run.config().local().labelSmoothing());
    assertEquals(0, run.config().local().inputDropout());
    assertEquals(0, run.config().local().weightDecay());
    assertEquals(
        "layers = 240-128-32-128-240: the data has 240 pixels, which an autoencoder gives back",
        reason(run, "layers"));
    assertEquals(
        0.3,
        resolve(MNIST, 2, "--task=autoencoder", "--input-dropout=0.3")
            .config()
            .local()
            .inputDropout());
  }

  /** As measured: docs/learning-at-scale.md. */
  @Test
  void workersOfAnAutoencoderTakeSmallBatchesAndMeetOften() {
    RunConfig four = resolve(MNIST, 4, "--task=autoencoder", "--workers=4").config();
    RunConfig one = resolve(MNIST, 4, "--task=autoencoder", "--workers=1").config();
    RunConfig few =
        resolve(new DataShape(100, 240, 6), 4, "--task=autoencoder", "--workers=8").config();

    assertEquals(8, four.local().batchSize());
    assertEquals(64, four.averaging().roundsPerEpoch());
    assertEquals(WireFormat.FLOAT32, four.averaging().wire());
    assertEquals(0.005, four.local().rate().peak());
    assertEquals(64, one.local().batchSize());
    assertEquals(1, one.averaging().roundsPerEpoch());
    assertEquals(4, few.local().batchSize());
    assertEquals(3, few.averaging().roundsPerEpoch());
  }

  @Test
  void regressionNeedsTargetsAndEndsInAsMany() {
    String refused =
        org.junit.jupiter.api.Assertions.assertThrows(
                ConfigurationException.class,
                () ->
                    ResolvedRun.of(
                        Given.of("--task=regression"), new DataShape(100, 7, 3), Slots.of(1)))
            .getMessage();
    assertEquals(
        "--task: expected data with targets for regression, found labels; give a table with --label,"
            + " or from Java rows with targets",
        refused);
    RunConfig config =
        ResolvedRun.of(Given.of("--task=regression"), new DataShape(100, 7, 1, 2), Slots.of(1))
            .config();
    assertEquals(List.of(7, 128, 64, 2), config.model().layers());
    assertEquals(Output.IDENTITY, config.model().output());
    assertEquals(0, config.local().labelSmoothing());
    assertEquals(0, config.local().inputDropout());
  }

  @Test
  void whatDoesNotFitTheTaskIsSaidWithTheRemedy() {
    assertEquals(
        List.of(
            "--layers: expected 784 outputs last, as many as inputs, found 10; give layers that end"
                + " in as many",
            "--label-smoothing: expected 0 where there are no classes, found 0.1; leave it out"),
        problems("--task=autoencoder", "--layers=784-128-10", "--label-smoothing=0.1"));
    assertEquals(
        List.of(
            "--layers: expected 10 outputs last, the classes of the data, found 784; leave --layers"
                + " out to have it follow the data; or give --task autoencoder, which gives images"
                + " back"),
        problems("--layers=784-32-784"));
  }

  private static List<String> problems(String... arguments) {
    return assertThrows(ConfigurationException.class, () -> resolve(MNIST, 1, arguments))
        .problems();
  }

  @Test
  void theLecturesNetworkIsTheDefault() {
    assertEquals(109_386, resolve(MNIST, 2).config().model().parameters());
  }

  @Test
  void workersFollowTheClusterAndTheReasonIsSaid() {
    ResolvedRun run = resolve(MNIST, 3);

    assertEquals(3, run.config().averaging().workers());
    assertEquals("workers = 3: task slots", reason(run, "workers"));
  }

  @Test
  void moreWorkersThanPayAreNotTakenAndTheFiguresAreSaid() {
    ResolvedRun run = resolve(MNIST, 64);

    assertEquals(3, run.config().averaging().workers());
    assertEquals(
        "workers = 3: task slots, but more workers would not be faster: by the preset's"
            + " constants 3 workers about 2.6 s and 64 about 36.7 s; --workers overrides",
        reason(run, "workers"));
    assertEquals(64, workers(64, "--workers=64"));
    assertEquals(64, workers(64, "--preset=accuracy"));
    assertEquals(64, workers(64, "--preset=none"));
  }

  @Test
  void whereAStepCostsMoreMoreWorkersPay() {
    assertTrue(workers(64, "--layers=784-1000-10") > 3);
    assertTrue(workers(64, "--rounds-per-epoch=1") > 3);
    assertEquals(1, resolve(new DataShape(2_000, 784, 10), 8).config().averaging().workers());
  }

  private static int workers(int slots, String... arguments) {
    return resolve(MNIST, slots, arguments).config().averaging().workers();
  }

  @Test
  void thereAreNoMoreWorkersThanImages() {
    ResolvedRun run = resolve(new DataShape(5, 784, 10), 8, "--preset=accuracy");

    assertEquals(5, run.config().averaging().workers());
    assertEquals(1, run.config().local().batchSize());
    assertEquals("workers = 5: training images, fewer than task slots", reason(run, "workers"));
    assertTrue(
        run.reasons().contains("batch-size = 1: all images of the smallest shard"),
        run.reasons()::toString);
  }

  @Test
  void whatIsGivenIsTaken() {
    ResolvedRun run =
        resolve(
            MNIST,
            2,
            "--workers=4",
            "--batch-size=15000",
            "--layers=784-10",
            "--learning-rate=0.5");

    assertEquals(4, run.config().averaging().workers());
    assertEquals(15_000, run.config().local().batchSize());
    assertEquals(List.of(784, 10), run.config().model().layers());
    assertEquals(0.5, run.config().local().rate().peak());
    assertEquals(
        List.of(),
        run.reasons().stream()
            .filter(line -> line.matches("(workers|batch-size|layers|learning-rate) = .*"))
            .toList());
  }

  @Test
  void everySettingThatThePresetChoosesHasAReasonUnlessItIsGiven() {
    String[] all = {
      "--layers=784-128-64-10",
      "--initial-weights=glorot",
      "--workers=8",
      "--batch-size=20",
      "--optimizer=sgd",
      "--learning-rate=0.5",
      "--schedule=cosine",
      "--warmup=0",
      "--weight-decay=0",
      "--label-smoothing=0.3",
      "--input-dropout=0",
      "--rounds-per-epoch=3",
      "--outer=momentum",
      "--outer-rate=0.9",
      "--outer-momentum=0.1",
      "--moments=kept",
      "--wire=bfloat16"
    };
    assertEquals(List.of(), resolve(MNIST, 2, all).reasons());
    for (int left = 0; left < all.length; left++) {
      List<String> given = new ArrayList<>(List.of(all));
      String name = given.remove(left).replaceAll("--|=.*", "");

      List<String> reasons = resolve(MNIST, 2, given.toArray(String[]::new)).reasons();

      assertEquals(1, reasons.size(), name);
      assertTrue(reasons.get(0).matches(name + " = [^:]+: .+"), reasons.get(0));
    }
  }

  @Test
  void anOverrideWinsOverThePreset() {
    RunConfig config =
        resolve(
                MNIST,
                2,
                "--workers=8",
                "--label-smoothing=0.3",
                "--outer=momentum",
                "--moments=kept")
            .config();

    assertEquals(0.3, config.local().labelSmoothing());
    assertEquals(OuterKind.MOMENTUM, config.averaging().outer());
    assertEquals(MomentPolicy.KEPT, config.averaging().moments());
  }

  @Test
  void withoutAPresetAveragingIsPlain() {
    RunConfig config = resolve(MNIST, 2, "--workers=8", "--preset=none").config();

    assertEquals(OuterKind.MEAN, config.averaging().outer());
    assertEquals(0, config.local().labelSmoothing());
  }

  @Test
  void theLectureIsTrainedAsKerasDoesWhateverTheCluster() {
    ResolvedRun run = resolve(MNIST, 64, "--preset=lecture", "--epochs=20");

    RunConfig config = run.config();
    assertEquals(1, config.averaging().workers());
    assertEquals(1, config.averaging().roundsPerEpoch());
    assertEquals(32, config.local().batchSize());
    assertEquals(Optimizer.ADAM, config.local().optimizer());
    assertEquals(LearningRate.constant(1e-3), config.local().rate());
    assertEquals(0, config.local().labelSmoothing());
    assertEquals(0, config.local().inputDropout());
    assertEquals(0, config.local().weightDecay());
    assertEquals(InitialWeights.GLOROT, config.initialWeights());
  }

  @Test
  void theLecturesReasonsSayWhatTheDefaultPresetWouldChoose() {
    ResolvedRun lecture = resolve(MNIST, 2, "--preset=lecture", "--epochs=20");
    RunConfig byDefault = resolve(MNIST, 2, "--epochs=20").config();

    assertEquals(
        "batch-size = 32: the default of Keras (--preset auto: 64)", reason(lecture, "batch-size"));
    assertEquals("optimizer = adam: the lecture's optimizer", reason(lecture, "optimizer"));
    for (Setting<?> setting : TrainSettings.OF_A_RUN) {
      String own = setting.writtenIn(lecture.config());
      String other = setting.writtenIn(byDefault);
      assertEquals(
          own.equals(other) ? Optional.empty() : Optional.of(other),
          SettingReason.find(lecture.reasons(), setting).flatMap(SettingReason::byDefault),
          setting.name());
    }
  }

  @Test
  void theLectureWithSeveralWorkersIsAveragedPlainly() {
    RunConfig config = resolve(MNIST, 2, "--preset=lecture", "--workers=8").config();

    assertEquals(4, config.averaging().roundsPerEpoch());
    assertEquals(OuterKind.MEAN, config.averaging().outer());
    assertEquals(32, config.local().batchSize());
  }

  @Test
  void allThatDoesNotFitTheDataIsSaidAtOnce() {
    ConfigurationException thrown =
        assertThrows(
            ConfigurationException.class,
            () ->
                resolve(
                    new DataShape(100, 784, 10),
                    2,
                    "--layers=700-10-9",
                    "--workers=200",
                    "--batch-size=2"));

    assertEquals(
        List.of(
            "--layers: expected 784 inputs first, the pixels of an image, found 700; leave --layers"
                + " out to have it follow the data",
            "--layers: expected 10 outputs last, the classes of the data, found 9; leave --layers"
                + " out to have it follow the data",
            "--workers: expected at most 100, the training images, found 200; give fewer workers or"
                + " more images",
            "--batch-size: expected at most 1, the images of the smallest of 200 shards, found 2;"
                + " give a smaller batch or fewer workers"),
        thrown.problems());
  }

  /** Nobody gave --layers, so it is not what is to be changed. */
  @Test
  void otherDataThanThatOfTheRunThatIsGoneOnWithIsNamed() {
    GivenSettings goesOn =
        GivenSettings.NONE.over(Map.of("layers", Written.ofRun("layers", "784-128-64-10")));

    ConfigurationException thrown =
        assertThrows(
            ConfigurationException.class,
            () -> ResolvedRun.of(goesOn, new DataShape(1_000, 49, 4), Slots.of(1)));

    assertEquals(
        List.of(
            "--data: expected the run's own data, which its network 784-128-64-10 was made for,"
                + " found 49 inputs and 4 classes; give the data that the run began with"),
        thrown.problems());
  }

  @Test
  void ofOneShardNoneIsTheSmallest() {
    ConfigurationException thrown =
        assertThrows(
            ConfigurationException.class,
            () ->
                resolve(
                    new DataShape(100, 784, 10),
                    1,
                    "--workers=1",
                    "--batch-size=200",
                    "--rounds-per-epoch=9"));

    assertEquals(
        List.of(
            "--batch-size: expected at most 100, the images of the only shard, found 200; give a"
                + " smaller batch or fewer workers",
            "--rounds-per-epoch: expected at most 1, the batches of the only shard, found 9; give"
                + " fewer rounds, a smaller batch or fewer workers"),
        thrown.problems());
  }

  @Test
  void aBatchMayBeAsLargeAsTheSmallestShard() {
    DataShape data = new DataShape(101, 784, 10);

    assertEquals(
        50, resolve(data, 1, "--workers=2", "--batch-size=50").config().local().batchSize());
    assertThrows(
        ConfigurationException.class, () -> resolve(data, 1, "--workers=2", "--batch-size=51"));
  }

  private static String reason(ResolvedRun run, String name) {
    return run.reasons().stream()
        .filter(line -> line.startsWith(name + " = "))
        .findFirst()
        .orElseThrow();
  }

  private static ResolvedRun resolve(DataShape data, int slots, String... options) {
    return ResolvedRun.of(Given.of(options), data, Slots.of(slots));
  }
}
