package org.shardmean.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrendTest {
  @Test
  void theChanceByCounting() {
    // One order of six rises throughout; four of 24 have at most one falling pair.
    assertEquals(1.0 / 6, Trend.of(1, 2, 3).p(), 1e-12);
    assertEquals(4.0 / 24, Trend.of(1, 3, 2, 4).p(), 1e-12);
    assertEquals(1, Trend.of(3, 2, 1).p(), 1e-12);
  }

  @Test
  void equalValuesDoNotRise() {
    assertEquals(1, Trend.of(1, 1, 1, 1).p(), 1e-12);
    assertEquals(0, Trend.of(1, 1, 1, 1).rise());
  }

  @Test
  void oneOutlierDoesNotMoveTheRise() {
    assertEquals(4, Trend.of(0, 1, 2, 3, 4).rise(), 1e-12);
    assertEquals(4, Trend.of(0, 1, 90, 3, 4).rise(), 1e-12);
  }

  /** One order of 720 is below 0.002, one of 120 is not. */
  @Test
  void sixValuesAreTheFewestForTheGatesLevel() {
    assertEquals(6, Trend.least(0.002));
    assertThrows(IllegalArgumentException.class, () -> Trend.of(1));
  }

  @Test
  void pIsWhatItSays() {
    SplittableRandom random = new SplittableRandom(3);
    int found = 0;
    for (int trial = 0; trial < 2000; trial++) {
      double[] values = random.doubles(8).toArray();
      found += Trend.of(values).p() <= 0.05 ? 1 : 0;
    }
    assertTrue(found > 50 && found <= 130, found + " of 2000");
  }
}
