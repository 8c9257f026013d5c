package org.shardmean.experiment.statistics;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.stat.StatUtils;
import org.shardmean.data.Seeds;

/**
 * The Universal Scalability Law fitted to measured throughput, with what other laws the same noise
 * would have led to.
 *
 * <p>{@code N / X(N) = a + b (N - 1) + c N (N - 1)} is linear in a, b and c, from which lambda = 1
 * / a, sigma = b / a and kappa = c / a. So the fit needs no start and has one solution.
 *
 * @param law the fit
 * @param drawn laws fitted to values resampled by a residual bootstrap
 * @param levels different numbers of workers it is fitted to; with two, kappa stays 0
 */
public record ScalabilityFit(
    UniversalScalabilityLaw law, List<UniversalScalabilityLaw> drawn, int levels) {
  private static final int DRAWS = 1000;
  private static final double CONFIDENCE = 95;

  public ScalabilityFit {
    requireNonNull(law, "law");
    drawn = List.copyOf(drawn);
  }

  /**
   * Fits the law.
   *
   * @param workers of each measurement
   * @param imagesPerSecond measured, above 0
   * @param seed of the bootstrap
   * @return none with fewer than two different numbers of workers
   */
  public static Optional<ScalabilityFit> of(double[] workers, double[] imagesPerSecond, long seed) {
    int levels = (int) Arrays.stream(workers).distinct().count();
    if (levels < 2) {
      return Optional.empty();
    }
    int features = Math.min(3, levels);
    double[][] rows = new double[workers.length][];
    double[] values = new double[workers.length];
    for (int i = 0; i < rows.length; i++) {
      double n = workers[i];
      rows[i] = Arrays.copyOf(new double[] {1, n - 1, n * (n - 1)}, features);
      values[i] = n / imagesPerSecond[i];
    }
    RelativeLeastSquares fit = RelativeLeastSquares.fit(rows, values);
    List<UniversalScalabilityLaw> drawn =
        fit.bootstrap(rows, DRAWS, Seeds.generator(seed, Seeds.Purpose.EXPERIMENT, 1)).stream()
            .map(ScalabilityFit::law)
            .toList();
    return Optional.of(new ScalabilityFit(law(fit.coefficients()), drawn, levels));
  }

  /** Where the speedup over one worker lies, with 95% confidence. */
  public Interval speedup(double workers) {
    return interval(
        drawn.stream().mapToDouble(one -> one.throughput(workers) / law.lambda()).toArray());
  }

  /** Where the best number of workers lies, with 95% confidence; infinite where none is best. */
  public Interval peak() {
    return interval(
        drawn.stream().mapToDouble(one -> one.peak().orElse(Double.MAX_VALUE)).toArray());
  }

  private static UniversalScalabilityLaw law(double[] c) {
    if (c[0] == 0) {
      throw new IllegalArgumentException("one worker must take time, found none");
    }
    return new UniversalScalabilityLaw(1 / c[0], c[1] / c[0], c.length > 2 ? c[2] / c[0] : 0);
  }

  static Interval interval(double[] values) {
    return new Interval(
        StatUtils.percentile(values, (100 - CONFIDENCE) / 2),
        StatUtils.percentile(values, (100 + CONFIDENCE) / 2));
  }
}
