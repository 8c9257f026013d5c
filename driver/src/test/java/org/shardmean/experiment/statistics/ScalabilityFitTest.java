package org.shardmean.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ScalabilityFitTest {
  private static final double[] WORKERS = {1, 1, 1, 2, 2, 2, 4, 4, 4, 8, 8, 8, 16, 16, 16};

  @Property(tries = 40)
  void findsTheLawThatMadeTheFigures(
      @ForAll @DoubleRange(min = 0, max = 0.3) double sigma,
      @ForAll @DoubleRange(min = 0, max = 0.02) double kappa) {
    UniversalScalabilityLaw made = new UniversalScalabilityLaw(120_000, sigma, kappa);

    UniversalScalabilityLaw found = fit(made, 0, WORKERS).law();

    assertEquals(1, found.lambda() / made.lambda(), 1e-6);
    assertEquals(sigma, found.sigma(), 1e-6);
    assertEquals(kappa, found.kappa(), 1e-7);
  }

  @Test
  void theBestNumberOfWorkersIsTheLawsMaximum() {
    UniversalScalabilityLaw law = new UniversalScalabilityLaw(1, 0.05, 0.01);
    double peak = law.peak().orElseThrow();

    assertEquals(Math.sqrt(0.95 / 0.01), peak, 1e-12);
    assertTrue(law.throughput(peak) > law.throughput(peak - 0.5));
    assertTrue(law.throughput(peak) > law.throughput(peak + 0.5));
  }

  @Test
  void withoutCoherencyItIsAmdahlsLawAndHasNoPeak() {
    UniversalScalabilityLaw law = new UniversalScalabilityLaw(1, 0.1, 0);

    assertEquals(1 / (0.1 + 0.9 / 8), law.speedup(8), 1e-12);
    assertTrue(law.peak().isEmpty());
    assertEquals(10, law.highestSpeedup(), 1e-12);
  }

  /** The band is what it says: over many noisy samples it holds the truth about 95 times of 100. */
  @Test
  void theBandHoldsTheTruthAsOftenAsItSays() {
    UniversalScalabilityLaw truth = new UniversalScalabilityLaw(100_000, 0.04, 0.004);
    int held = 0;
    for (int sample = 1; sample <= 100; sample++) {
      Interval peak = fit(truth, sample, WORKERS).peak();
      held += peak.contains(truth.peak().orElseThrow()) ? 1 : 0;
    }
    assertTrue(held >= 86 && held <= 100, held + " of 100");
  }

  @Test
  void twoLevelsTellContentionOnly() {
    ScalabilityFit fit =
        fit(new UniversalScalabilityLaw(1000, 0.1, 0.02), 0, new double[] {1, 1, 2, 2});

    assertEquals(0, fit.law().kappa());
    assertEquals(0.1 + 0.02 * 2, fit.law().sigma(), 1e-9);
    assertEquals(2, fit.levels());
  }

  @Test
  void oneLevelTellsNothing() {
    assertTrue(ScalabilityFit.of(new double[] {2, 2}, new double[] {10, 11}, 1).isEmpty());
  }

  @Test
  void moreThanLinearSpeedupIsFittedAsLinear() {
    ScalabilityFit fit =
        ScalabilityFit.of(new double[] {1, 2, 4}, new double[] {10, 22, 46}, 1).orElseThrow();

    assertEquals(0, fit.law().sigma());
    assertEquals(0, fit.law().kappa());
  }

  /** Noise of 3% where {@code sample} is not 0. */
  private static ScalabilityFit fit(UniversalScalabilityLaw law, int sample, double[] workers) {
    SplittableRandom random = new SplittableRandom(sample);
    double[] speed = new double[workers.length];
    for (int i = 0; i < speed.length; i++) {
      double noise = sample == 0 ? 0 : 0.03 * random.nextGaussian();
      speed[i] = law.throughput(workers[i]) * (1 + noise);
    }
    return ScalabilityFit.of(workers, speed, sample).orElseThrow();
  }
}
