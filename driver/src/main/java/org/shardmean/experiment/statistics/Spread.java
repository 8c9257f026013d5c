package org.shardmean.experiment.statistics;

import java.util.Arrays;

/**
 * Repeated measurements of one thing.
 *
 * @param count how many there are, at least 1
 */
public record Spread(int count, double least, double median, double mean, double most) {

  /**
   * The spread of values.
   *
   * @param values at least one; not written to
   */
  public static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a spread needs at least one value, found none");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return new Spread(
        n,
        sorted[0],
        (sorted[(n - 1) / 2] + sorted[n / 2]) / 2,
        Arrays.stream(sorted).sum() / n,
        sorted[n - 1]);
  }

  /** All values times {@code factor}, which is above 0. */
  public Spread times(double factor) {
    return new Spread(count, least * factor, median * factor, mean * factor, most * factor);
  }
}
