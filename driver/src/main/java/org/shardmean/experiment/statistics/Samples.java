package org.shardmean.experiment.statistics;

import static java.util.Objects.requireNonNull;

/**
 * One setup, measured before and now.
 *
 * @param setup its name
 * @param before values, at least one; copied
 * @param now values, at least one; copied
 */
public record Samples(String setup, double[] before, double[] now) {
  public Samples {
    requireNonNull(setup, "setup");
    before = before.clone();
    now = now.clone();
    if (before.length == 0 || now.length == 0) {
      throw new IllegalArgumentException(
          setup + ": a comparison needs values before and now, found none");
    }
  }

  /** The median now less the median before: a few disturbed runs do not move it. */
  double medianDifference() {
    return Spread.of(now).median() - Spread.of(before).median();
  }
}
