package org.shardmean.tests.benchmark;

import java.util.List;

/**
 * Images per second over several runs.
 *
 * @param median of the runs
 * @param lowest of the runs
 * @param highest of the runs
 * @param runs how many
 */
public record Speed(double median, double lowest, double highest, int runs) {

  /** Of runs in images per second; for an even number the lower of the two in the middle. */
  static Speed of(List<Double> imagesPerSecond) {
    List<Double> sorted = imagesPerSecond.stream().sorted().toList();
    return new Speed(
        sorted.get((sorted.size() - 1) / 2),
        sorted.get(0),
        sorted.get(sorted.size() - 1),
        sorted.size());
  }
}
