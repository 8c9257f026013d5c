package org.shardmean.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.shardmean.experiment.statistics.RoundTimeModel.Prediction;
import org.shardmean.experiment.statistics.RoundTimeModel.RoundPlanned;

class RoundTimeModelTest {
  private static final double IMAGE = 10e-6;
  private static final double LATENCY = 0.012;
  private static final double MESSAGE = 0.002;
  private static final double BYTES = 2_600_000;

  @Test
  void findsTheCostsThatMadeTheTimes() {
    RoundTimeModel model = RoundTimeModel.of(observations(0), 1);

    assertEquals(IMAGE, model.fit().image(), 1e-12);
    assertEquals(LATENCY, model.fit().latency(), 1e-9);
    assertEquals(MESSAGE, model.fit().message() + model.fit().perByte() * BYTES, 1e-9);
  }

  @Test
  void bytesAreToldFromMessagesWhereBothVary() {
    List<RoundObservation> observations = new ArrayList<>();
    for (double bytes : new double[] {1e5, 1e6, 1e7}) {
      for (int workers : new int[] {1, 2, 4}) {
        for (double images : new double[] {1000, 8000}) {
          double seconds = IMAGE * images + LATENCY + workers * (MESSAGE + bytes * 1e-9);
          observations.add(new RoundObservation(images, workers, 8, bytes, seconds));
        }
      }
    }
    RoundTimeModel model = RoundTimeModel.of(observations, 1);

    assertEquals(MESSAGE, model.fit().message(), 1e-9);
    assertEquals(1e-9, model.fit().perByte(), 1e-15);
  }

  @Test
  void workersBeyondTheCoresTakeTurns() {
    Prediction crowded =
        RoundTimeModel.of(observations(0), 1).predict(new RoundPlanned(1000, 4, 2, BYTES));

    assertEquals(2 * 1000 * IMAGE + LATENCY + 4 * MESSAGE, crowded.seconds(), 1e-9);
  }

  @Test
  void predictsFarBeyondWhatWasMeasuredWithinItsRange() {
    RoundPlanned large = new RoundPlanned(60_000_000 / 256.0 / 4, 256, 256, BYTES);
    double truth = IMAGE * large.imagesPerWorker() + LATENCY + 256 * MESSAGE;
    int held = 0;
    for (int sample = 1; sample <= 50; sample++) {
      Prediction prediction = RoundTimeModel.of(observations(sample), sample).predict(large);
      held += prediction.likely().contains(truth) ? 1 : 0;
      assertTrue(prediction.likely().contains(prediction.seconds()));
    }
    assertTrue(held >= 42, held + " of 50");
  }

  /** Times that scatter by half of themselves, as on a machine that others use. */
  @Test
  void aNoisyGridsEstimateIsInItsOwnRangeAndNotTooLow() {
    RoundPlanned asked = new RoundPlanned(7_500, 8, 8, BYTES);
    double truth = IMAGE * asked.imagesPerWorker() + LATENCY + 8 * MESSAGE;
    double sum = 0;
    for (int sample = 1; sample <= 40; sample++) {
      Prediction prediction = RoundTimeModel.of(observations(sample, 0.5), sample).predict(asked);
      assertTrue(prediction.likely().contains(prediction.seconds()), "sample " + sample);
      sum += prediction.seconds() / truth;
    }
    assertEquals(1, sum / 40, 0.15);
  }

  @Test
  void aWireThatWasNotMeasuredComesOnTop() {
    RoundTimeModel model = RoundTimeModel.of(observations(0), 1);
    RoundPlanned round = new RoundPlanned(1000, 64, 64, BYTES);
    double wire = 8 / 20e9;

    double without = model.predict(round).seconds();

    assertEquals(without + 64 * BYTES * wire, model.predict(round, wire, false).seconds(), 1e-9);
    assertEquals(
        without,
        model.predict(round, wire, true).seconds(),
        1e-9,
        "messages of 2 ms a worker are slower than this wire");
  }

  /** Fitted without a setup, the model predicts it; noise of 4% a point. */
  @Test
  void predictsWhatItWasNotFittedTo() {
    Spread errors = HeldOut.errors(observations(3)).orElseThrow();

    assertTrue(errors.most() <= 0.20, "largest error " + errors.most());
  }

  @Test
  void onePointIsNoModel() {
    assertThrows(
        IllegalArgumentException.class, () -> RoundTimeModel.of(observations(0).subList(0, 1), 1));
    assertTrue(HeldOut.errors(observations(0).subList(0, 2)).isEmpty());
  }

  private static List<RoundObservation> observations(int sample) {
    return observations(sample, sample == 0 ? 0 : 0.04);
  }

  /** The true times, each multiplied by {@code exp(scatter * gaussian)} of mean one. */
  private static List<RoundObservation> observations(int sample, double scatter) {
    SplittableRandom random = new SplittableRandom(sample);
    List<RoundObservation> observations = new ArrayList<>();
    for (int workers : new int[] {1, 2, 4}) {
      for (int rounds : new int[] {1, 4, 16}) {
        double images = 60_000.0 / workers / rounds;
        double seconds = IMAGE * images + LATENCY + workers * MESSAGE;
        double noise = Math.exp(scatter * random.nextGaussian() - scatter * scatter / 2);
        observations.add(new RoundObservation(images, workers, 4, BYTES, seconds * noise));
      }
    }
    return observations;
  }
}
