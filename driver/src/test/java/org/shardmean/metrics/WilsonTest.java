package org.shardmean.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WilsonTest {
  /** The limits that Newcombe gives for 81 of 263 (Statistics in Medicine 17, 1998, table I). */
  @Test
  void isThePublishedInterval() {
    Wilson interval = Wilson.of(81, 263);

    assertEquals(0.2553, interval.low(), 5e-5);
    assertEquals(0.3662, interval.high(), 5e-5);
  }

  /** Table I also has 15 of 148, 0 of 20 and 1 of 29. */
  @Test
  void staysWithinZeroAndOne() {
    assertEquals(0.0624, Wilson.of(15, 148).low(), 5e-5);
    assertEquals(0.1605, Wilson.of(15, 148).high(), 5e-5);
    assertEquals(0, Wilson.of(0, 20).low());
    assertEquals(0.1611, Wilson.of(0, 20).high(), 5e-5);
    assertEquals(0.0061, Wilson.of(1, 29).low(), 5e-5);
    assertEquals(0.1718, Wilson.of(1, 29).high(), 5e-5);
  }

  @Property
  void holdsItsShareAndIsNarrowerForMoreExamples(
      @ForAll @IntRange(min = 1, max = 100_000) int total, @ForAll long seed) {
    long correct = Math.floorMod(seed, total + 1L);
    Wilson interval = Wilson.of(correct, total);
    double share = (double) correct / total;

    assertTrue(0 <= interval.low() && interval.high() <= 1);
    assertTrue(interval.low() <= share && share <= interval.high(), interval.toString());
    Wilson ofMore = Wilson.of(4 * correct, 4L * total);
    assertTrue(ofMore.high() - ofMore.low() < interval.high() - interval.low());
    Wilson mistakes = Wilson.of(total - correct, total);
    assertEquals(1 - interval.high(), mistakes.low(), 1e-12);
  }

  @Test
  void nothingCountedSaysNothing() {
    assertEquals(new Wilson(0, 1), Wilson.of(0, 0));
    assertThrows(IllegalArgumentException.class, () -> Wilson.of(3, 2));
    assertThrows(IllegalArgumentException.class, () -> Wilson.of(-1, 2));
  }
}
