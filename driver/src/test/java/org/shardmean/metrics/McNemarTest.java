package org.shardmean.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class McNemarTest {
  @Test
  void countsWhoIsCorrect() {
    Answers first = new Answers(new byte[] {0, 1, 2, 2, 1}, new byte[] {0, 1, 2, 0, 0});
    Answers second = new Answers(new byte[] {0, 1, 2, 2, 1}, new byte[] {0, 2, 0, 2, 2});

    assertEquals(new McNemar(1, 2, 1, 1), McNemar.of(first, second));
    assertEquals(new McNemar(1, 1, 2, 1), McNemar.of(second, first));
  }

  @Test
  void answersToOtherExamplesAreRefused() {
    Answers first = new Answers(new byte[] {0, 1}, new byte[] {0, 1});
    Answers others = new Answers(new byte[] {1, 0}, new byte[] {0, 1});

    assertThrows(IllegalArgumentException.class, () -> McNemar.of(first, others));
    assertThrows(IllegalArgumentException.class, () -> McNemar.of(Answers.NONE, Answers.NONE));
  }

  /** Of two sides of a coin, by hand: 2 · (1 + 10 + 45) / 1024, and 2 / 64. */
  @Test
  void isTheExactProbability() {
    assertEquals(2 * 56 / 1024.0, new McNemar(50, 2, 8, 4).pValue(), 1e-12);
    assertEquals(2 * 56 / 1024.0, new McNemar(0, 8, 2, 0).pValue(), 1e-12);
    assertEquals(2 / 64.0, new McNemar(9, 0, 6, 9).pValue(), 1e-12);
    assertEquals(1, new McNemar(9, 7, 7, 0).pValue());
    assertEquals(1, new McNemar(9, 0, 0, 0).pValue());
    assertEquals(1, new McNemar(9, 1, 0, 0).pValue());
  }

  /** Of a million the normal distribution tells: beyond 0.999 standard deviations are 31.78%. */
  @Test
  void isSmallForALargeDifferenceAndFiniteForManyExamples() {
    assertTrue(new McNemar(0, 59, 6, 0).pValue() < 1e-10);
    assertEquals(0.3178, new McNemar(0, 500_500, 499_500, 0).pValue(), 2e-4);
  }
}
