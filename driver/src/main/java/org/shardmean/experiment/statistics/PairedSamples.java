package org.shardmean.experiment.statistics;

import static java.util.Objects.requireNonNull;

/**
 * The same setup measured before and now.
 *
 * @param setup its name
 * @param before values, at least one; copied
 * @param now values, at least one; copied
 */
public record PairedSamples(String setup, double[] before, double[] now) {
  public PairedSamples {
    requireNonNull(setup, "setup");
    before = before.clone();
    now = now.clone();
    if (before.length == 0 || now.length == 0) {
      throw new IllegalArgumentException(
          setup + ": a comparison needs values before and now, found none");
    }
  }

  /** The mean now less the mean before. */
  double difference() {
    return Spread.of(now).mean() - Spread.of(before).mean();
  }

  /** The median now less the median before: what a few disturbed runs do not move. */
  double medianDifference() {
    return Spread.of(now).median() - Spread.of(before).median();
  }

  /** Sum of squared distances from each side's own mean. */
  double squares() {
    return squares(before) + squares(now);
  }

  int freedom() {
    return before.length + now.length - 2;
  }

  private static double squares(double[] values) {
    double mean = Spread.of(values).mean();
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum;
  }
}
