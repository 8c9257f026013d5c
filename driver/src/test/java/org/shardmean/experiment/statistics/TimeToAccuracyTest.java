package org.shardmean.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shardmean.experiment.statistics.TimeToAccuracy.Run;

class TimeToAccuracyTest {
  @Test
  void theFastestAndTheSlowestAreDropped() {
    TimeToAccuracy time =
        TimeToAccuracy.of(List.of(run(2, 1), run(3, 2), run(4, 3), run(5, 4), run(50, 100)));

    assertEquals(3, time.seconds(), 1e-12);
    assertEquals(4, time.epochs(), 1e-12);
    assertEquals(0.75, time.secondsPerEpoch(), 1e-12);
    assertEquals(1, time.fastest());
    assertEquals(100, time.slowest());
  }

  @Test
  void aRunThatNeverArrivesCountsAsTheSlowest() {
    TimeToAccuracy time = TimeToAccuracy.of(List.of(Run.NEVER, run(2, 5), run(1, 3)));

    assertTrue(time.isReached());
    assertEquals(5, time.seconds());
    assertEquals(2, time.reached());
    assertEquals(3, time.runs());
  }

  @Test
  void twoThatNeverArriveLeaveNoTime() {
    TimeToAccuracy time = TimeToAccuracy.of(List.of(Run.NEVER, run(2, 5), run(1, 3), Run.NEVER));

    assertFalse(time.isReached());
    assertEquals(2, time.reached());
  }

  @Test
  void twoRunsAreBothKept() {
    assertEquals(4, TimeToAccuracy.of(List.of(run(1, 3), run(1, 5))).seconds());
  }

  private static Run run(int epochs, double seconds) {
    return new Run(epochs, seconds);
  }
}
