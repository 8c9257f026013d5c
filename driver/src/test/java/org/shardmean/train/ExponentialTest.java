package org.shardmean.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ExponentialTest {
  @Property
  void isTheExponential(@ForAll @DoubleRange(min = -700, max = 700) double x) {
    double expected = StrictMath.exp(x);
    assertEquals(expected, Exponential.exp(x), 1e-14 * expected);
  }

  @Test
  void isExactAtZeroAndKnowsItsLimits() {
    assertEquals(1, Exponential.exp(0));
    assertEquals(0, Exponential.exp(Double.NEGATIVE_INFINITY));
    assertEquals(0, Exponential.exp(-800));
    assertEquals(Double.POSITIVE_INFINITY, Exponential.exp(800));
    assertEquals(Double.POSITIVE_INFINITY, Exponential.exp(Double.POSITIVE_INFINITY));
    assertTrue(Double.isNaN(Exponential.exp(Double.NaN)));
  }
}
