package org.shardmean.report;

import java.util.ArrayList;
import java.util.List;

/**
 * An axis from one round number to another, with a tick at every step (Heckbert, "Nice Numbers for
 * Graph Labels", Graphics Gems, 1990).
 */
public record Axis(double from, double to, double step) {
  private static final int MOST_STEPS = 6;

  /** The smallest axis of round numbers that holds both. */
  public static Axis covering(double lowest, double highest) {
    double span = highest > lowest ? highest - lowest : Math.max(Math.abs(highest), 1e-6);
    double step = niceStep(span / MOST_STEPS);
    double from = step * Math.floor(lowest / step);
    double to = step * Math.ceil((highest > lowest ? highest : lowest + span) / step);
    return new Axis(from, to, step);
  }

  /** The same for shares of a whole, such as accuracies: it does not go beyond 1. */
  public static Axis ofShares(double lowest, double highest) {
    Axis axis = covering(lowest, highest);
    if (axis.to <= 1) {
      return axis;
    }
    return axis.from < 1 ? new Axis(axis.from, 1, axis.step) : covering(1 - (highest - lowest), 1);
  }

  /** Epochs from the first to the last, with ticks at whole numbers. */
  public static Axis ofEpochs(int last) {
    double step = Math.max(1, niceStep((last - 1.0) / MOST_STEPS));
    return last == 1 ? new Axis(0, 2, 1) : new Axis(1, last, step);
  }

  /** Where the ticks are; whole multiples of the step, and the first. */
  public List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    // A little past the end, because a sum of steps such as 0.1 does not meet it exactly.
    for (long k = (long) Math.ceil(from / step - 1e-9); k * step <= to + step * 1e-9; k++) {
      ticks.add(k * step);
    }
    return ticks;
  }

  /** How far along the axis a value lies: 0 at its beginning, 1 at its end. */
  public double share(double value) {
    return (value - from) / (to - from);
  }

  /** Decimals that a tick needs to be told from its neighbours. */
  public int decimals() {
    return (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  }

  /** 1, 2 or 5 times a power of ten, at least as large. */
  private static double niceStep(double atLeast) {
    double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
    for (int factor : new int[] {1, 2, 5}) {
      if (factor * power >= atLeast * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }
}
