package org.shardmean;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void isNotDueBeforeItsTime() {
    Pace pace = new Pace(Duration.ofSeconds(5), Duration.ofSeconds(5), 7 * SECOND);

    assertFalse(pace.isDue(7 * SECOND));
    assertFalse(pace.isDue(12 * SECOND - 1));
    assertTrue(pace.isDue(12 * SECOND));
  }

  @Test
  void whatIsQuickIsDueAfterTheLeastTime() {
    Pace pace = new Pace(Duration.ofSeconds(5), Duration.ofSeconds(5), 0);
    pace.done(20 * SECOND, 20 * SECOND + SECOND / 100);

    assertFalse(pace.isDue(25 * SECOND - 1));
    assertTrue(pace.isDue(25 * SECOND));
  }

  @Test
  void whatIsSlowTakesAHundredthOfTheTime() {
    Pace pace = new Pace(Duration.ofSeconds(5), Duration.ofSeconds(5), 0);
    pace.done(20 * SECOND, 22 * SECOND);

    assertFalse(pace.isDue(220 * SECOND - 1));
    assertTrue(pace.isDue(220 * SECOND));
  }

  /** As System.nanoTime may. */
  @Test
  void theClockMayTurnOver() {
    Pace pace = new Pace(Duration.ofSeconds(5), Duration.ofSeconds(5), Long.MAX_VALUE - SECOND);

    assertFalse(pace.isDue(Long.MAX_VALUE));
    assertTrue(pace.isDue(Long.MIN_VALUE + 5 * SECOND));
  }
}
