package org.shardmean.experiment.statistics;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * An estimated difference with its standard error.
 *
 * @param value the estimate
 * @param error its standard error, at least 0
 * @param freedom degrees of freedom that the error was estimated with, by which the estimate has
 *     Student's distribution; 0 where nothing is known of the error
 */
public record Estimate(double value, double error, int freedom) {
  public Estimate {
    if (!(error >= 0) || freedom < 0) {
      throw new IllegalArgumentException(
          "an estimate needs an error and degrees of freedom of at least 0, found %s and %d"
              .formatted(error, freedom));
    }
  }

  /** The chance of at least this value where the true difference is 0 (one-sided test). */
  public double p() {
    if (freedom == 0) {
      return 1;
    }
    if (error == 0) {
      return value > 0 ? 0 : 1;
    }
    return 1 - new TDistribution(freedom).cumulativeProbability(value / error);
  }

  /**
   * The least value whose {@link #p} would be at or below {@code level}; infinite where none is.
   */
  public double noticeable(double level) {
    return freedom == 0
        ? Double.POSITIVE_INFINITY
        : error * new TDistribution(freedom).inverseCumulativeProbability(1 - level);
  }

  /** Where the true difference lies with {@code confidence}, such as 0.95. */
  public Interval interval(double confidence) {
    double half = noticeable((1 - confidence) / 2);
    return new Interval(value - half, value + half);
  }
}
