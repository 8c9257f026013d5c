package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shardmean.average.AveragingSettings;
import org.shardmean.average.MomentPolicy;
import org.shardmean.average.OuterKind;
import org.shardmean.average.SumPlace;
import org.shardmean.data.Dataset;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunConfig;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LearningRate;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.Optimizer;
import org.shardmean.wire.WireFormat;

/** Results that executors add up part by part, against those that the driver adds up. */
class SlicedRoundsIT {
  private static final Dataset DIGITS = Runs.generated(303, 50);

  /** 677,010 parameters: three grains, the last one short. */
  private static final ModelSpec LARGE = ModelSpec.parse("784-700-180-10", Activation.RELU);

  @ParameterizedTest
  @CsvSource({
    "AVERAGED, FLOAT32, MEAN, ADAM",
    "AVERAGED, INT8, NESTEROV, ADAM",
    "AVERAGED, BFLOAT16, MOMENTUM, MOMENTUM",
    "RESET, INT8, NESTEROV, ADAM",
    "AVERAGED, INT8, MEAN, SGD",
  })
  void theBitsAreThoseOfTheDriverHoweverThePartsAreCut(
      MomentPolicy moments, WireFormat wire, OuterKind outer, Optimizer optimizer) {
    LocalSettings local =
        LocalSettings.of(EngineKind.FUSED, optimizer, LearningRate.constant(2e-3), 16);
    AveragingSettings averaging =
        new AveragingSettings(
            5,
            2,
            outer,
            outer == OuterKind.MEAN ? 1 : 0.9,
            0.6,
            moments,
            true,
            wire,
            SumPlace.DRIVER);
    RunConfig config = Runs.config(LARGE, 2, local, averaging);
    RunConfig sliced = config.withAveraging(averaging.withPlace(SumPlace.SLICED));

    List<RoundRecord> expected;
    String digest;
    try (JavaSparkContext spark = LocalSpark.withCores(2)) {
      TrainingOutcome outcome = Runs.run(spark, DIGITS, config);
      digest = Runs.digest(outcome);
      expected = outcome.epochs().get(1).rounds();
    }
    for (int slots : new int[] {1, 2, 3, 4}) {
      try (JavaSparkContext spark = LocalSpark.withCores(slots)) {
        TrainingOutcome outcome = Runs.run(spark, DIGITS, sliced);
        assertEquals(digest, Runs.digest(outcome), slots + " slots");
        List<RoundRecord> found = outcome.epochs().get(1).rounds();
        for (int round = 0; round < 2; round++) {
          assertEquals(expected.get(round).score(), found.get(round).score());
          assertEquals(expected.get(round).drift(), found.get(round).drift());
        }
      }
    }
  }

  @Test
  void theDriverGetsOneStateInARoundAndSendsNoneAfterTheFirst() {
    RunConfig config =
        Runs.config(
            LARGE,
            2,
            Runs.adam(EngineKind.FUSED, 2e-3, 16),
            AveragingSettings.mean(7, 2).withPlace(SumPlace.SLICED));
    try (JavaSparkContext spark = LocalSpark.withCores(4)) {
      TrainingOutcome outcome = Runs.run(spark, DIGITS, config);

      int parameters = LARGE.parameters();
      long state = WireFormat.FLOAT32.bytesOfBack(parameters, 2 * parameters);
      for (RoundRecord round : outcome.epochs().get(1).rounds()) {
        assertEquals(0, round.bytesOut());
        assertTrue(round.bytesBack() >= state, "found " + round.bytesBack());
        assertTrue(round.bytesBack() < state + 1000, "found " + round.bytesBack());
      }
    }
  }
}
