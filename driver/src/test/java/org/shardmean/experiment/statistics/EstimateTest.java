package org.shardmean.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EstimateTest {
  /** The tables: 2.776 for four degrees of freedom, 1.980 for 120. */
  @Test
  void quantilesByTheTables() {
    assertEquals(0.025, new Estimate(2.776, 1, 4).p(), 1e-4);
    assertEquals(0.025, new Estimate(1.980, 1, 120).p(), 1e-4);
    assertEquals(2 * 2.776, new Estimate(0, 2, 4).noticeable(0.025), 2e-3);
    assertEquals(5 - 1.980, new Estimate(5, 1, 120).interval(0.95).low(), 1e-3);
    assertEquals(5 + 1.980, new Estimate(5, 1, 120).interval(0.95).high(), 1e-3);
  }

  @Property(tries = 50)
  void theLeastNoticeableValueIsJustNoticed(
      @ForAll @DoubleRange(min = 0.01, max = 10) double error,
      @ForAll @IntRange(min = 1, max = 100) int freedom) {
    double least = new Estimate(0, error, freedom).noticeable(0.01);

    assertEquals(0.01, new Estimate(least, error, freedom).p(), 1e-6);
  }

  @Test
  void nothingIsNoticedWhereNothingIsKnownOfTheError() {
    Estimate unknown = new Estimate(100, 0, 0);

    assertEquals(1, unknown.p());
    assertEquals(Double.POSITIVE_INFINITY, unknown.noticeable(0.05));
    assertEquals(Double.NEGATIVE_INFINITY, unknown.interval(0.95).low());
  }

  @Test
  void valuesThatNeverVaryAreCertain() {
    assertEquals(0, new Estimate(0.1, 0, 3).p());
    assertEquals(1, new Estimate(0, 0, 3).p());
    assertEquals(1, new Estimate(-0.1, 0, 3).p());
  }

  @Test
  void anErrorIsNotNegative() {
    assertThrows(IllegalArgumentException.class, () -> new Estimate(0, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Estimate(0, Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> new Estimate(0, 1, -1));
  }
}
