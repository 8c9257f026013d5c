package org.shardmean.experiment.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a series rises, step by step or all at once.
 *
 * @param rise from the first value to the last along the median of all slopes between two values
 *     (Sen, "Estimates of the Regression Coefficient Based on Kendall's Tau", Journal of the
 *     American Statistical Association, 1968)
 * @param p chance of at least as many rising pairs where the order means nothing (Mann,
 *     "Nonparametric Tests Against Trend", Econometrica, 1945), exactly
 */
public record Trend(double rise, double p) {

  /**
   * Of a series.
   *
   * @param values in order of time, at least two
   */
  public static Trend of(double... values) {
    if (values.length < 2) {
      throw new IllegalArgumentException(
          "a trend needs at least two values, found " + values.length);
    }
    List<Double> slopes = new ArrayList<>();
    int notRising = 0;
    for (int later = 1; later < values.length; later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        double difference = values[later] - values[earlier];
        slopes.add(difference / (later - earlier));
        notRising += difference > 0 ? 0 : 1;
      }
    }
    double slope = Spread.of(slopes.stream().mapToDouble(Double::doubleValue).toArray()).median();
    return new Trend(slope * (values.length - 1), atMost(notRising, values.length));
  }

  /** How many values a series needs for any trend to have a p at or below {@code level}. */
  public static int least(double level) {
    int count = 2;
    while (atMost(0, count) > level) {
      count++;
    }
    return count;
  }

  /** The share of all orders of {@code count} values with at most so many falling pairs. */
  private static double atMost(int falling, int count) {
    double[] share = {1}; // By the number of falling pairs, for one value.
    for (int values = 2; values <= count; values++) {
      double[] with = new double[share.length + values - 1];
      for (int before = 0; before < share.length; before++) {
        for (int added = 0; added < values; added++) {
          with[before + added] += share[before] / values;
        }
      }
      share = with;
    }
    double sum = 0;
    for (int pairs = 0; pairs <= falling; pairs++) {
      sum += share[pairs];
    }
    return Math.min(1, sum);
  }
}
