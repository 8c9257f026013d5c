package org.shardmean.average;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.shardmean.average.RoundSums.worker;

import org.junit.jupiter.api.Test;

/** On examples in the plane, computed by hand. */
class DriftTest {
  private static final float[] ORIGIN = {0, 0};

  /** Mean (4, 0), a step of length 4; both workers stand 3 from it, so 3 / 4. */
  @Test
  void dispersionIsTheDistanceFromTheMeanOverTheStep() {
    Drift drift =
        new Drift.Meter().measure(ORIGIN, RoundSums.of(worker(10, 4, 3), worker(10, 4, -3)));

    assertEquals(0.75, drift.dispersion(), 1e-12);
    assertEquals(4, drift.stepLength(), 1e-12);
    assertEquals(Double.NaN, drift.cosine());
  }

  /**
   * As above: |mean|² = 16 of 20 examples, variance 9 at 10 examples each. Signal: (20 * 16 - 10 *
   * 25) / 10 = 7; noise: 9 / (1/10 - 1/20) = 180.
   */
  @Test
  void theNoiseScaleFollowsFromTheSpread() {
    Drift drift =
        new Drift.Meter().measure(ORIGIN, RoundSums.of(worker(10, 4, 3), worker(10, 4, -3)));

    assertEquals(180.0 / 7, drift.noiseScale(), 1e-9);
  }

  @Test
  void workersThatDisagreeOnEverythingAreAllNoise() {
    Drift drift =
        new Drift.Meter().measure(ORIGIN, RoundSums.of(worker(10, 1, 9), worker(10, 1, -9)));

    assertEquals(Double.POSITIVE_INFINITY, drift.noiseScale());
  }

  @Test
  void theCosineIsBetweenThisStepAndTheOneBefore() {
    Drift.Meter meter = new Drift.Meter();
    meter.measure(ORIGIN, RoundSums.of(worker(1, 2, 0)));
    Drift turned = meter.measure(new float[] {2, 0}, RoundSums.of(worker(1, 5, 4)));
    Drift back = meter.measure(new float[] {5, 4}, RoundSums.of(worker(1, 2, 0)));

    assertEquals(0.6, turned.cosine(), 1e-12);
    assertEquals(-1, back.cosine(), 1e-12);
  }

  @Test
  void oneWorkerCannotDisagree() {
    Drift drift = new Drift.Meter().measure(ORIGIN, RoundSums.of(worker(10, 3, 4)));

    assertEquals(0, drift.dispersion());
    assertEquals(5, drift.stepLength(), 1e-12);
    assertEquals(Double.NaN, drift.noiseScale());
  }
}
