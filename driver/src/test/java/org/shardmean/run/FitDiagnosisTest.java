package org.shardmean.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.metrics.Score;
import org.shardmean.metrics.TrainingScore;

class FitDiagnosisTest {
  @Test
  void noEpochTellsNothing() {
    assertEquals(new FitDiagnosis(FitDiagnosis.Kind.TOO_EARLY, 0), FitDiagnosis.of(List.of()));
  }

  @Test
  void oneEpochTellsNothing() {
    assertEquals(
        new FitDiagnosis(FitDiagnosis.Kind.TOO_EARLY, 1),
        of(new double[] {0.5}, new double[] {0.3}));
  }

  @Test
  void bothLossesFallingIsUnderfitting() {
    assertEquals(
        new FitDiagnosis(FitDiagnosis.Kind.UNDERFITTING, 3),
        of(new double[] {0.9, 0.6, 0.4}, new double[] {0.8, 0.6, 0.45}));
  }

  /** More epochs would not help a network that errs no more. */
  @Test
  void aNetworkThatHasLearnedAllDoesNotUnderfit() {
    assertEquals(
        new FitDiagnosis(FitDiagnosis.Kind.NEITHER, 2),
        FitDiagnosis.of(List.of(0.2, 0.00008), List.of(0.1, 0.00004)));
    List<EpochRecord> epochs = new ArrayList<>();
    for (int e = 1; e <= 2; e++) {
      epochs.add(
          new EpochRecord(
              e,
              new TrainingScore(100, 10.0 / e, 100),
              new Score(0.2 / e, new ConfusionMatrix(new long[][] {{2, 0}, {0, 2}})),
              TimeSplit.ZERO,
              List.of()));
    }
    assertEquals(new FitDiagnosis(FitDiagnosis.Kind.NEITHER, 2), FitDiagnosis.of(epochs));
  }

  @Test
  void trainingFallingAndValidationRisingIsOverfitting() {
    assertEquals(
        new FitDiagnosis(FitDiagnosis.Kind.OVERFITTING, 2),
        of(new double[] {0.5, 0.2, 0.05, 0.01}, new double[] {0.3, 0.1, 0.11, 0.15}));
  }

  @Test
  void aTrainingLossFarBelowValidationTendsToOverfit() {
    assertEquals(
        new FitDiagnosis(FitDiagnosis.Kind.TENDING_TO_OVERFIT, 3),
        of(new double[] {0.3, 0.04, 0.02}, new double[] {0.1, 0.07, 0.06}));
  }

  @Test
  void bothRisingIsNotOverfitting() {
    assertEquals(
        new FitDiagnosis(FitDiagnosis.Kind.NEITHER, 1),
        of(new double[] {0.2, 0.3}, new double[] {0.2, 0.3}));
  }

  @Test
  void levellingOffTogetherIsNeither() {
    assertEquals(
        new FitDiagnosis(FitDiagnosis.Kind.NEITHER, 3),
        of(new double[] {0.5, 0.1, 0.098}, new double[] {0.3, 0.12, 0.119}));
  }

  @Test
  void aRiseWithinTheNoiseIsNeither() {
    assertEquals(
        new FitDiagnosis(FitDiagnosis.Kind.NEITHER, 2),
        of(new double[] {0.5, 0.1, 0.08}, new double[] {0.3, 0.12, 0.1212}));
  }

  /** Of a table of 60 validation rows, whose loss went up and down by chance. */
  @Test
  void aRiseBelowTheTrainingLossIsNotOverfitting() {
    assertEquals(
        new FitDiagnosis(FitDiagnosis.Kind.NEITHER, 3),
        of(
            new double[] {0.45, 0.42, 0.3801, 0.3737, 0.3789},
            new double[] {0.2279, 0.2784, 0.2206, 0.2685, 0.2326}));
  }

  @Test
  void aLossThatIsNoNumberIsDivergence() {
    assertEquals(
        new FitDiagnosis(FitDiagnosis.Kind.DIVERGED, 1),
        of(new double[] {0.5, Double.NaN}, new double[] {0.3, 0.4}));
    assertEquals(
        new FitDiagnosis(FitDiagnosis.Kind.DIVERGED, 1),
        of(new double[] {0.5, 0.4}, new double[] {0.3, Double.POSITIVE_INFINITY}));
    assertEquals(
        new FitDiagnosis(FitDiagnosis.Kind.DIVERGED, 0),
        of(new double[] {0.5, 0.4}, new double[] {Double.NaN, Double.NaN}));
  }

  private static FitDiagnosis of(double[] training, double[] validation) {
    List<EpochRecord> epochs = new ArrayList<>();
    for (int e = 0; e < training.length; e++) {
      epochs.add(
          new EpochRecord(
              e + 1,
              new TrainingScore(100, training[e] * 100, 50),
              new Score(validation[e] * 4, new ConfusionMatrix(new long[][] {{1, 1}, {1, 1}})),
              TimeSplit.ZERO,
              List.of()));
    }
    return FitDiagnosis.of(epochs);
  }
}
