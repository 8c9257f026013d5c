package org.shardmean.tests.benchmark;

import java.util.List;

/**
 * One figure over several runs.
 *
 * @param median of the runs
 * @param lowest of the runs
 * @param highest of the runs
 * @param runs how many
 */
public record Spread(double median, double lowest, double highest, int runs) {

  /** Of at least one run; for an even number the median is the lower of the two in the middle. */
  static Spread of(List<Double> runs) {
    List<Double> sorted = runs.stream().sorted().toList();
    return new Spread(
        sorted.get((sorted.size() - 1) / 2),
        sorted.get(0),
        sorted.get(sorted.size() - 1),
        sorted.size());
  }
}
