package org.shardmean.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * By hand: 4 executors, 8 slots, 1 MB of state; 10 ms a job, 34 ms a round, 4 ms of them the mean.
 */
class CalibrationTest {
  private static final Calibration MEASURED =
      new Calibration(4, 8, Map.of(32, 10e-6), 0.010, 0.034, 0.004, 1_000_000);

  /** 20 ms move 4 states out and 8 partial sums back. */
  @Test
  void aByteTakesItsShareOfWhatARoundMoves() {
    assertEquals(0.020 / 12e6, MEASURED.wireSecondsPerByte(), 1e-18);
  }

  @Test
  void aRoundOfAllSlotsTakesWhatWasMeasured() {
    assertEquals(0.034, MEASURED.roundSeconds(8), 1e-12);
  }

  /** 2 tasks are on 2 executors: 4 states of 12, and 2 sums of 8. */
  @Test
  void fewerTasksMoveFewerStates() {
    assertEquals(0.010 + 0.020 / 3 + 0.001, MEASURED.roundSeconds(2), 1e-12);
  }

  /** The driver itself computes: it is one executor. */
  @Test
  void localTasksShareOneState() {
    Calibration local = new Calibration(1, 3, Map.of(), 0.010, 0.050, 0, 1_000_000);

    assertEquals(0.040 / 4e6, local.wireSecondsPerByte(), 1e-18);
    assertEquals(0.030, local.roundSeconds(1), 1e-12);
  }

  @Test
  void whatWasMeasuredNowhereIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Calibration(0, 1, Map.of(), 0, 0, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Calibration(1, 0, Map.of(), 0, 0, 0, 1));
  }
}
