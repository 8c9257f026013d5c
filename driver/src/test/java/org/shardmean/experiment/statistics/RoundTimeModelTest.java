package org.shardmean.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.shardmean.experiment.statistics.RoundTimeModel.Prediction;
import org.shardmean.experiment.statistics.RoundTimeModel.Run;
import org.shardmean.experiment.statistics.RoundTimeModel.Wire;

class RoundTimeModelTest {
  private static final double IMAGE = 10e-6;
  private static final double LATENCY = 0.012;
  private static final double PER_BYTE = 1e-9;

  /** Of state, for each worker. */
  private static final double BYTES = 2_600_000;

  @Test
  void findsTheCostsThatMadeTheTimes() {
    RoundTimeModel model = RoundTimeModel.of(setups(0, 0));

    assertEquals(IMAGE, model.fit().image(), 1e-12);
    assertEquals(LATENCY, model.fit().latency(), 1e-9);
    assertEquals(PER_BYTE, model.fit().perByte(), 1e-15);
    assertEquals(0, model.errors().most(), 1e-9);
  }

  @Test
  void workersBeyondTheCoresTakeTurns() {
    Prediction crowded =
        RoundTimeModel.of(setups(0, 0)).predict(new Round(1000, 4, 2, 4 * BYTES), Wire.AS_MEASURED);

    assertEquals(2 * 1000 * IMAGE + LATENCY + 4 * BYTES * PER_BYTE, crowded.seconds(), 1e-9);
  }

  /** A state that goes out once for all, and comes back as partial sums, costs its bytes alone. */
  @Test
  void fewerBytesTakeLessTime() {
    RoundTimeModel model = RoundTimeModel.of(setups(0, 0));

    double whole = model.predict(new Round(1000, 4, 4, 8e6), Wire.AS_MEASURED).seconds();
    double half = model.predict(new Round(1000, 4, 4, 4e6), Wire.AS_MEASURED).seconds();

    assertEquals(4e6 * PER_BYTE, whole - half, 1e-9);
  }

  @Test
  void aWireThatWasNotMeasuredComesOnTop() {
    RoundTimeModel model = RoundTimeModel.of(setups(0, 0));
    Round round = new Round(1000, 64, 64, 64 * BYTES);
    double without = model.predict(round, Wire.AS_MEASURED).seconds();
    double perByte = 8 / 20e9;

    assertEquals(
        without + 64 * BYTES * perByte,
        model.predict(round, new Wire(perByte, false)).seconds(),
        1e-9);
    assertEquals(
        without,
        model.predict(round, new Wire(perByte, true)).seconds(),
        1e-9,
        "what was measured is slower than this wire");
    assertEquals(
        without + 64 * BYTES * PER_BYTE,
        model.predict(round, new Wire(2 * PER_BYTE, true)).seconds(),
        1e-9,
        "a wire of half that speed");
  }

  /** Runs that were not measured lie in the range nine times of ten, inside what was measured. */
  @Test
  void theRangeHoldsNewRunsAsOftenAsItSays() {
    Round asked = new Round(5_000, 3, 4, 3 * BYTES);
    int held = 0;
    int runs = 0;
    for (int sample = 1; sample <= 100; sample++) {
      Interval likely =
          RoundTimeModel.of(setups(sample, 0.1)).predict(asked, Wire.AS_MEASURED).likely();
      SplittableRandom random = new SplittableRandom(-sample);
      for (int run = 0; run < 10; run++) {
        held += likely.contains(seconds(asked) * disturbed(0.1, random)) ? 1 : 0;
        runs++;
      }
    }
    assertTrue(held >= 0.85 * runs, held + " of " + runs);
  }

  /** Beyond what was measured it widens, because models that lack a setup disagree there. */
  @Test
  void theRangeHoldsFarBeyondWhatWasMeasured() {
    Round large = new Round(60_000_000 / 256.0 / 4, 256, 256, 256 * BYTES);
    int held = 0;
    for (int sample = 1; sample <= 100; sample++) {
      Interval likely =
          RoundTimeModel.of(setups(sample, 0.1)).predict(large, Wire.AS_MEASURED).likely();
      double run = seconds(large) * disturbed(0.1, new SplittableRandom(-sample));
      held += likely.contains(run) ? 1 : 0;
    }
    assertTrue(held >= 85, held + " of 100");
  }

  /** Fitted without a setup, the model predicts it; runs take up to a fifth longer. */
  @Test
  void predictsWhatItWasNotFittedTo() {
    Spread errors = RoundTimeModel.of(setups(3, 0.1)).errors();

    assertTrue(errors.most() > 0 && errors.most() <= 0.20, "largest error " + errors.most());
  }

  @Test
  void twoSetupsAreNoModel() {
    Map<String, List<Run>> setups = setups(0, 0);
    setups.keySet().removeIf(name -> !name.endsWith("rounds 1") || name.startsWith("4"));

    assertEquals(2, setups.size());
    assertThrows(IllegalArgumentException.class, () -> RoundTimeModel.of(setups));
  }

  @Test
  void roundsWithoutImagesOrTimeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Round(0, 1, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Round(1, 1, 1, -1));
    assertThrows(IllegalArgumentException.class, () -> new Run(new Round(1, 1, 1, 0), 0));
  }

  /** Nine setups of three runs, each disturbed; {@code scatter} 0 for none. */
  private static Map<String, List<Run>> setups(int sample, double scatter) {
    SplittableRandom random = new SplittableRandom(sample);
    Map<String, List<Run>> setups = new LinkedHashMap<>();
    for (int workers : new int[] {1, 2, 4}) {
      for (int rounds : new int[] {1, 4, 16}) {
        Round round = new Round(60_000.0 / workers / rounds, workers, 4, workers * BYTES);
        List<Run> runs = new ArrayList<>();
        for (int run = 0; run < 3; run++) {
          runs.add(new Run(round, seconds(round) * disturbed(scatter, random)));
        }
        setups.put(workers + " workers, rounds " + rounds, runs);
      }
    }
    return setups;
  }

  private static double seconds(Round round) {
    return IMAGE * round.imagesPerWorker() + LATENCY + PER_BYTE * round.bytes();
  }

  /** Other people's load only adds. */
  private static double disturbed(double scatter, SplittableRandom random) {
    return 1 + scatter * Math.abs(random.nextGaussian());
  }
}
