package org.shardmean.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.shardmean.metrics.Holm;

class ComparisonTest {
  private static final int IMAGES = 10_000;
  private static final double LEVEL = 0.002;

  @Test
  void holmsCorrectionByHand() {
    // 0.01 x 4, 0.02 x 3, then no smaller than before: 0.03 x 2 = 0.06, 0.04 x 1 -> 0.06.
    assertArrayEquals(
        new double[] {0.06, 0.04, 0.06, 0.06},
        Holm.adjusted(new double[] {0.02, 0.01, 0.03, 0.04}),
        1e-12);
  }

  /** Two samples of three with variance 0.0007 each: t = 0.3 / sqrt(0.0007 x 2/3) = 13.9. */
  @Test
  void oneSetupByHand() {
    Comparison comparison = Comparison.ofRepeats(List.of(setup("a", 1, 0.3)));

    assertEquals(0.3, comparison.overall().value(), 1e-12);
    assertEquals(4, comparison.overall().freedom());
    assertEquals(8e-5, comparison.overall().p(), 3e-5);
    assertEquals(comparison.overall().p(), comparison.setups().get(0).p(), 1e-12);
  }

  @Test
  void aFallIsNoRise() {
    Comparison comparison = Comparison.ofRepeats(List.of(setup("a", 1, -0.3), setup("b", 2, -0.3)));

    assertTrue(comparison.overall().p() > 0.999);
  }

  @Test
  void oneSetupsRiseIsFoundAmongOthers() {
    Comparison comparison =
        Comparison.ofRepeats(
            List.of(setup("a", 1, 0), setup("b", 2, 0.4), setup("c", 3, 0), setup("d", 4, 0)));

    for (Comparison.OfSetup one : comparison.setups()) {
      assertEquals(one.setup().equals("b"), one.p() < 0.01, one.setup() + " " + one.p());
    }
  }

  /** Where nothing changed, p is at or below 5% about 5 times of 100. */
  @Test
  void pOfRepeatsIsWhatItSays() {
    SplittableRandom random = new SplittableRandom(5);
    int found = 0;
    for (int trial = 0; trial < 1000; trial++) {
      List<Samples> samples =
          List.of(
              new Samples("a", noise(random), noise(random)),
              new Samples("b", noise(random), noise(random)));
      found += Comparison.ofRepeats(samples).overall().p() <= 0.05 ? 1 : 0;
    }
    assertTrue(found >= 20 && found <= 65, found + " of 1000");
  }

  @Test
  void valuesThatDoNotVaryAreCompared() {
    Comparison same =
        Comparison.ofRepeats(List.of(new Samples("a", new double[] {1, 1}, new double[] {1, 1})));

    assertEquals(1, same.overall().p());
    assertEquals(1, same.setups().get(0).p());
  }

  /** The permutation test that was here before passed this four times of five. */
  @Test
  void aCollapseIsFoundWithTwoSetupsOfThreeSeeds() {
    for (int trial = 0; trial < 200; trial++) {
      SplittableRandom random = new SplittableRandom(trial);
      List<Samples> collapsed =
          List.of(rates("a", 3, 0.02, 0.9, 1, random), rates("b", 3, 0.02, 0.9, 1, random));

      assertTrue(Comparison.ofErrorRates(collapsed, IMAGES).overall().p() < 1e-6);
    }
  }

  @Test
  void aCollapseOfOneRunOfSixIsFound() {
    Samples healthy = new Samples("a", new double[] {0.02, 0.021, 0.019}, rates(0.02, 0.02, 0.02));
    Samples broken = new Samples("b", new double[] {0.02, 0.021, 0.019}, rates(0.02, 0.9, 0.02));

    Comparison comparison = Comparison.ofErrorRates(List.of(healthy, broken), IMAGES);

    assertTrue(comparison.setups().get(1).p() < 1e-6);
    assertTrue(comparison.setups().get(0).p() > 0.1);
  }

  @Test
  void aCollapseOfTheOnlySeedIsFound() {
    Samples one = new Samples("a", rates(0.02), rates(0.9));

    assertTrue(Comparison.ofErrorRates(List.of(one), IMAGES).overall().p() < 1e-6);
  }

  /** The power that the gate promises: two setups, three seeds, ten thousand images. */
  @Test
  void halfAPointLessIsFound() {
    int found = 0;
    for (int trial = 0; trial < 500; trial++) {
      SplittableRandom random = new SplittableRandom(trial);
      List<Samples> samples =
          List.of(rates("a", 3, 0.02, 0.025, 1, random), rates("b", 3, 0.02, 0.025, 1, random));
      found += Comparison.ofErrorRates(samples, IMAGES).overall().p() <= LEVEL ? 1 : 0;
    }
    assertTrue(found >= 475, found + " of 500");
  }

  /** Also where seeds scatter twice as much as images drawn at random would. */
  @Test
  void otherBitsThatAreAsAccurateRaiseHardlyAnyAlarm() {
    for (double factor : new double[] {1, 2, 4}) {
      SplittableRandom random = new SplittableRandom((long) factor);
      int alarms = 0;
      for (int trial = 0; trial < 2000; trial++) {
        List<Samples> samples = new ArrayList<>();
        for (String setup : List.of("a", "b", "c")) {
          samples.add(rates(setup, 3, 0.02, 0.02, factor, random));
        }
        alarms += Comparison.ofErrorRates(samples, IMAGES).overall().p() <= LEVEL ? 1 : 0;
      }
      assertTrue(alarms <= 20, alarms + " of 2000 at " + factor);
    }
  }

  @Test
  void withoutASetupThereIsNothingToCompare() {
    assertThrows(IllegalArgumentException.class, () -> Comparison.ofRepeats(List.of()));
    assertThrows(IllegalArgumentException.class, () -> Comparison.ofErrorRates(List.of(), 1));
    assertThrows(
        IllegalArgumentException.class, () -> new Samples("a", new double[0], new double[] {1}));
  }

  /** Rates that vary by {@code factor} times what drawing images would, by the normal law. */
  private static Samples rates(
      String setup, int seeds, double before, double now, double factor, SplittableRandom random) {
    double[] first = new double[seeds];
    double[] second = new double[seeds];
    for (int seed = 0; seed < seeds; seed++) {
      first[seed] = before + random.nextGaussian() * error(before, factor);
      second[seed] = now + random.nextGaussian() * error(now, factor);
    }
    return new Samples(setup, first, second);
  }

  private static double error(double rate, double factor) {
    return Math.sqrt(factor * rate * (1 - rate) / IMAGES);
  }

  private static double[] rates(double... rates) {
    return rates;
  }

  private static Samples setup(String name, double at, double rise) {
    double[] before = {at, at + 0.02, at - 0.03};
    double[] now = {at + rise + 0.01, at + rise - 0.04, at + rise + 0.02};
    return new Samples(name, before, now);
  }

  private static double[] noise(SplittableRandom random) {
    return new double[] {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
  }
}
