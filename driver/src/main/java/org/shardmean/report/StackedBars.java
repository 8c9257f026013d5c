package org.shardmean.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Bars made of parts, all on one scale: the longest bar is {@link #LENGTH} long.
 *
 * @param bars in order
 */
public record StackedBars(List<Bar> bars) {
  /** Of the longest bar, in the drawing's own units. */
  public static final double LENGTH = 100;

  /** One bar. */
  public record Bar(List<Part> parts) {}

  /** A part of a bar, drawn with a class of its own. */
  public record Part(double from, double length, String style) {}

  /**
   * Lays out bars.
   *
   * @param styles the class of each part
   * @param values for each bar, the size of each part; what is not finite counts as nothing
   */
  public static StackedBars of(List<String> styles, List<double[]> values) {
    double longest = values.stream().mapToDouble(StackedBars::sum).max().orElse(0);
    List<Bar> bars = new ArrayList<>();
    for (double[] sizes : values) {
      List<Part> parts = new ArrayList<>();
      double at = 0;
      for (int p = 0; p < sizes.length; p++) {
        double length = longest > 0 ? LENGTH * finite(sizes[p]) / longest : 0;
        parts.add(new Part(hundredths(at), hundredths(length), styles.get(p)));
        at += length;
      }
      bars.add(new Bar(List.copyOf(parts)));
    }
    return new StackedBars(List.copyOf(bars));
  }

  private static double sum(double[] sizes) {
    double sum = 0;
    for (double size : sizes) {
      sum += finite(size);
    }
    return sum;
  }

  private static double finite(double size) {
    return Double.isFinite(size) ? Math.max(0, size) : 0;
  }

  private static double hundredths(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
