package org.shardmean.experiment.statistics;

import java.util.Collection;
import org.apache.commons.math3.stat.StatUtils;

/**
 * How much repeated measurements scatter about the mean of their own group.
 *
 * @param variance pooled over the groups; 0 without degrees of freedom
 * @param freedom degrees of freedom: values less groups
 */
public record Scatter(double variance, int freedom) {

  /**
   * Pooled over groups.
   *
   * @param groups each of at least one value; not written to
   */
  public static Scatter within(Collection<double[]> groups) {
    double squares = 0;
    int freedom = 0;
    for (double[] group : groups) {
      squares += StatUtils.variance(group) * (group.length - 1);
      freedom += group.length - 1;
    }
    return new Scatter(freedom > 0 ? squares / freedom : 0, freedom);
  }

  /** The mean of {@code now} less the mean of {@code before}, two of the groups. */
  public Estimate difference(double[] before, double[] now) {
    return new Estimate(
        StatUtils.mean(now) - StatUtils.mean(before),
        Math.sqrt(variance * (1.0 / before.length + 1.0 / now.length)),
        freedom);
  }
}
