package org.shardmean.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void holmsCorrectionByHand() {
    // 0.01 x 4, 0.02 x 3, then no smaller than before: 0.03 x 2 = 0.06, 0.04 x 1 -> 0.06.
    assertArrayEquals(
        new double[] {0.06, 0.04, 0.06, 0.06},
        Holm.adjusted(new double[] {0.02, 0.01, 0.03, 0.04}),
        1e-12);
  }

  @Test
  void aRiseInEverySetupIsImprobableByChance() {
    Comparison comparison = Comparison.of(List.of(setup("a", 1, 0.3), setup("b", 2, 0.3)), 1);

    assertEquals(0.3, comparison.rise(), 1e-12);
    // Two setups of three against three: one of 20 x 20 labellings is as extreme.
    assertEquals(1 / 400.0, comparison.p(), 0.003);
  }

  @Test
  void aFallIsNoRise() {
    assertTrue(Comparison.of(List.of(setup("a", 1, -0.3), setup("b", 2, -0.3)), 1).p() > 0.9);
  }

  @Test
  void oneSetupsRiseIsFoundAmongOthers() {
    Comparison comparison =
        Comparison.of(
            List.of(setup("a", 1, 0), setup("b", 2, 0.4), setup("c", 3, 0), setup("d", 4, 0)), 1);

    for (Comparison.OfSetup one : comparison.setups()) {
      assertEquals(one.setup().equals("b"), one.p() < 0.01, one.setup() + " " + one.p());
    }
  }

  /** Where nothing changed, p is at or below 5% about 5 times of 100. */
  @Test
  void pIsWhatItSays() {
    SplittableRandom random = new SplittableRandom(5);
    int found = 0;
    for (int trial = 0; trial < 200; trial++) {
      List<PairedSamples> samples =
          List.of(
              new PairedSamples("a", noise(random), noise(random)),
              new PairedSamples("b", noise(random), noise(random)));
      found += Comparison.of(samples, trial).p() <= 0.05 ? 1 : 0;
    }
    assertTrue(found >= 2 && found <= 20, found + " of 200");
  }

  @Test
  void valuesThatDoNotVaryAreCompared() {
    Comparison same =
        Comparison.of(List.of(new PairedSamples("a", new double[] {1, 1}, new double[] {1, 1})), 1);

    assertEquals(1, same.p());
    assertEquals(1, same.setups().get(0).p());
  }

  private static PairedSamples setup(String name, double at, double rise) {
    double[] before = {at, at + 0.02, at - 0.03};
    double[] now = {at + rise + 0.01, at + rise - 0.04, at + rise + 0.02};
    return new PairedSamples(name, before, now);
  }

  private static double[] noise(SplittableRandom random) {
    return new double[] {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
  }
}
