package org.shardmean.metrics;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Holm's correction for several tests at once ("A Simple Sequentially Rejective Multiple Test
 * Procedure", Scandinavian Journal of Statistics, 1979).
 */
public final class Holm {
  private Holm() {}

  /** Adjusted p-values, in the order of {@code p}. */
  public static double[] adjusted(double[] p) {
    Integer[] order = new Integer[p.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> p[i]));
    double[] adjusted = new double[p.length];
    double highest = 0;
    for (int rank = 0; rank < p.length; rank++) {
      highest = Math.max(highest, Math.min(1, (p.length - rank) * p[order[rank]]));
      adjusted[order[rank]] = highest;
    }
    return adjusted;
  }
}
