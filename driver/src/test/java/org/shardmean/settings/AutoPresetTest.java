package org.shardmean.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.shardmean.average.AveragingSettings;
import org.shardmean.average.OuterKind;
import org.shardmean.average.SumPlace;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LearningRate;
import org.shardmean.train.LocalSettings;
import org.shardmean.wire.WireFormat;

class AutoPresetTest {
  private static final int MNIST = 60_000;
  private static final int PARAMETERS = 109_386;

  @Property
  void whatItDerivesCanBeRun(
      @ForAll @IntRange(min = 1, max = 5_000) int workers,
      @ForAll @IntRange(min = 1, max = 1_000) int epochs,
      @ForAll @IntRange(min = 0, max = 10_000_000) int more) {
    AutoPreset preset = derive(workers, epochs, workers + more);

    int shard = (workers + more) / workers;
    int batch = preset.batchSize().value();
    assertTrue(batch <= shard, "batch of a shard");
    assertTrue(preset.roundsPerEpoch().value() <= (shard + batch - 1) / batch, "rounds of batches");
    settings(preset, workers);
  }

  @Property
  void moreWorkersGetNoLargerBatchAndNoMoreRegularization(
      @ForAll @IntRange(min = 1, max = 512) int workers,
      @ForAll @IntRange(min = 1, max = 100) int epochs) {
    AutoPreset few = derive(workers, epochs, MNIST);
    AutoPreset many = derive(2 * workers, epochs, MNIST);

    assertTrue(many.batchSize().value() <= few.batchSize().value());
    assertTrue(many.inputDropout().value() <= few.inputDropout().value());
    assertTrue(many.weightDecay().value() <= few.weightDecay().value());
  }

  @Property
  void longerRunsGetNoSmallerBatchAndNoLessRegularization(
      @ForAll @IntRange(min = 1, max = 512) int workers,
      @ForAll @IntRange(min = 1, max = 100) int epochs) {
    AutoPreset shorter = derive(workers, epochs, MNIST);
    AutoPreset longer = derive(workers, epochs + 1, MNIST);

    assertTrue(longer.batchSize().value() >= shorter.batchSize().value());
    assertTrue(longer.inputDropout().value() >= shorter.inputDropout().value());
  }

  @Property
  void everyReasonSaysSomething(
      @ForAll @IntRange(min = 1, max = 512) int workers,
      @ForAll @IntRange(min = 1, max = 100) int epochs) {
    AutoPreset preset = derive(workers, epochs, MNIST);
    List<Derived<?>> all =
        List.of(
            preset.roundsPerEpoch(),
            preset.batchSize(),
            preset.optimizer(),
            preset.peak(),
            preset.schedule(),
            preset.warmup(),
            preset.weightDecay(),
            preset.labelSmoothing(),
            preset.inputDropout(),
            preset.outer(),
            preset.outerRate(),
            preset.outerMomentum(),
            preset.moments());

    all.forEach(derived -> assertFalse(derived.reason().isBlank()));
  }

  @Test
  void aGivenBatchDecidesHowManyRoundsThereCanBe() {
    AutoPreset preset =
        AutoPreset.of(new RunSize(128, 5, MNIST, PARAMETERS), Optional.empty(), Optional.of(200));

    assertEquals(3, preset.roundsPerEpoch().value());
  }

  @Property
  void rarerAveragingGoesSlowerAndCarriesMoreOn(
      @ForAll @IntRange(min = 2, max = 256) int workers,
      @ForAll @IntRange(min = 1, max = 40) int epochs) {
    AutoPreset often =
        AutoPreset.of(
            new RunSize(workers, epochs, MNIST, PARAMETERS), Optional.of(16), Optional.empty());
    AutoPreset rarely =
        AutoPreset.of(
            new RunSize(workers, epochs, MNIST, PARAMETERS), Optional.of(1), Optional.empty());

    assertTrue(rarely.peak().value() <= often.peak().value());
    assertTrue(rarely.outerMomentum().value() >= often.outerMomentum().value());
    assertTrue(often.peak().value() <= 2e-2);
  }

  @Property
  void imagesAreRegularizedAlikeWhateverTheirNetwork(
      @ForAll @IntRange(min = 1, max = 512) int workers,
      @ForAll @IntRange(min = 6, max = 19) int epochs,
      @ForAll @IntRange(min = 12_000, max = 2_000_000) int parameters) {
    AutoPreset preset =
        AutoPreset.of(
            new RunSize(workers, epochs, MNIST, parameters), Optional.empty(), Optional.empty());

    assertEquals(0.1, preset.labelSmoothing().value());
    assertEquals(workers < 128 ? 0.1 : 0, preset.weightDecay().value());
  }

  @Test
  void manyRowsAndFewParametersNeedLessRegularization() {
    RunSize large = new RunSize(2, 10, 2_000_000, 5_509);
    AutoPreset preset = AutoPreset.of(large, Optional.empty(), Optional.empty());

    assertEquals(0, preset.labelSmoothing().value());
    assertEquals(0.011, preset.weightDecay().value());
  }

  @Property
  void moreRowsGetNoMoreRegularization(
      @ForAll @IntRange(min = 1, max = 64) int workers,
      @ForAll @IntRange(min = 1, max = 100) int epochs,
      @ForAll @IntRange(min = 64, max = 1_000_000) int rows,
      @ForAll @IntRange(min = 1, max = 1_000_000) int parameters) {
    AutoPreset few =
        AutoPreset.of(
            new RunSize(workers, epochs, rows, parameters), Optional.empty(), Optional.empty());
    AutoPreset many =
        AutoPreset.of(
            new RunSize(workers, epochs, 2 * rows, parameters), Optional.empty(), Optional.empty());

    assertTrue(many.labelSmoothing().value() <= few.labelSmoothing().value());
    assertTrue(many.weightDecay().value() <= few.weightDecay().value());
  }

  @Test
  void oneWorkerHasNothingToAverage() {
    AutoPreset preset = derive(1, 5, MNIST);

    assertEquals(1, preset.roundsPerEpoch().value());
    assertEquals(OuterKind.MEAN, preset.outer().value());
  }

  @Test
  void thereAreAtMostThirtyTwoRoundsAnEpoch() {
    for (int workers = 1; workers <= 1024; workers *= 2) {
      assertTrue(derive(workers, 5, MNIST).roundsPerEpoch().value() <= 32);
    }
  }

  @Property
  void inLittleTimeThereAreNoMoreRoundsThanForTheBestAccuracy(
      @ForAll @IntRange(min = 1, max = 1_024) int workers,
      @ForAll @IntRange(min = 1, max = 100) int epochs) {
    int auto = derive(workers, epochs, MNIST).roundsPerEpoch().value();
    int accuracy =
        AutoPreset.accurate(
                new RunSize(workers, epochs, MNIST, PARAMETERS), Optional.empty(), Optional.empty())
            .roundsPerEpoch()
            .value();

    assertTrue(auto <= accuracy, auto + " and " + accuracy);
    assertTrue(auto >= Math.min(2, workers), "the outer step needs rounds");
  }

  @Test
  void roundsGrowWithTheWorkersBeyondTheFirst() {
    List<Integer> rounds =
        IntStream.of(1, 2, 3, 4, 8, 16, 128)
            .mapToObj(workers -> derive(workers, 5, MNIST).roundsPerEpoch().value())
            .toList();

    assertEquals(List.of(1, 2, 3, 5, 12, 26, 32), rounds);
  }

  /** Two rounds of eight million images left workers 31,000 steps apart, and a mean of 79%. */
  @Test
  void ofManyImagesWorkersMeetAtLeastEveryThousandSteps() {
    assertEquals(63, derive(2, 1, 8_000_000).roundsPerEpoch().value());
    assertEquals(2, derive(2, 1, 128_000).roundsPerEpoch().value());
    assertEquals(32, derive(64, 1, 8_000_000).roundsPerEpoch().value());
    assertEquals(1, derive(1, 1, 8_000_000).roundsPerEpoch().value(), "nobody to meet");
  }

  @Test
  void forTheBestAccuracyThereAreFourRoundsForEachWorker() {
    List<Integer> rounds =
        IntStream.of(1, 2, 4, 8, 16, 128)
            .mapToObj(
                workers ->
                    AutoPreset.accurate(
                        new RunSize(workers, 5, MNIST, PARAMETERS),
                        Optional.empty(),
                        Optional.empty()))
            .map(preset -> preset.roundsPerEpoch().value())
            .toList();

    assertEquals(List.of(1, 8, 16, 32, 32, 32), rounds);
  }

  @Test
  void plainAveragingIsWhatItSays() {
    AutoPreset plain = AutoPreset.plain(1_000, MNIST, Optional.empty());

    assertEquals(60, plain.batchSize().value());
    assertEquals(1, plain.roundsPerEpoch().value());
    assertEquals(OuterKind.MEAN, plain.outer().value());
    settings(plain, 1_000);
  }

  @Property
  void theLectureCanBeTrainedOnAnyDataByAnyNumberOfWorkers(
      @ForAll @IntRange(min = 1, max = 5_000) int workers,
      @ForAll @IntRange(min = 0, max = 100_000) int more) {
    AutoPreset lecture = AutoPreset.lecture(workers, workers + more, Optional.empty());

    int shard = (workers + more) / workers;
    int batch = lecture.batchSize().value();
    assertTrue(batch <= shard, "batch of a shard");
    assertTrue(lecture.roundsPerEpoch().value() <= (shard + batch - 1) / batch, "rounds");
    settings(lecture, workers);
  }

  private static AutoPreset derive(int workers, int epochs, int images) {
    return AutoPreset.of(
        new RunSize(workers, epochs, images, PARAMETERS), Optional.empty(), Optional.empty());
  }

  /** By the number of workers alone, because no result may depend on how many slots there are. */
  @Test
  void fewWorkersSendRoundedNumbersAndOneSendsThemAsTheyAre() {
    assertEquals(WireFormat.FLOAT32, derive(1, 5, MNIST).wire().value());
    for (int workers = 2; workers <= 4; workers++) {
      assertEquals(WireFormat.INT8, derive(workers, 5, MNIST).wire().value());
    }
    assertEquals(WireFormat.FLOAT32, derive(5, 5, MNIST).wire().value());
    assertEquals(WireFormat.FLOAT32, derive(128, 5, MNIST).wire().value());
  }

  /** The records refuse whatever is out of range. */
  private static void settings(AutoPreset preset, int workers) {
    LearningRate rate =
        new LearningRate(preset.schedule().value(), preset.peak().value(), preset.warmup().value());
    LocalSettings local =
        new LocalSettings(
            EngineKind.FUSED,
            preset.optimizer().value(),
            rate,
            preset.batchSize().value(),
            preset.weightDecay().value(),
            preset.labelSmoothing().value(),
            preset.inputDropout().value());
    AveragingSettings averaging =
        new AveragingSettings(
            workers,
            preset.roundsPerEpoch().value(),
            preset.outer().value(),
            preset.outerRate().value(),
            preset.outerMomentum().value(),
            preset.moments().value(),
            false,
            preset.wire().value(),
            SumPlace.AUTO);
    assertTrue(local.batchSize() >= 1 && averaging.roundsPerEpoch() >= 1);
  }
}
