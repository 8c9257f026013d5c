package org.shardmean.tests.benchmark;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Images per second over several runs.
 *
 * @param runs one figure for each run, in order
 */
public record Speed(List<Double> runs) {
  public Speed {
    runs = List.copyOf(runs);
  }

  public double median() {
    return medianOf(runs);
  }

  public double lowest() {
    return runs.stream().mapToDouble(run -> run).min().orElseThrow();
  }

  public double highest() {
    return runs.stream().mapToDouble(run -> run).max().orElseThrow();
  }

  /**
   * How many times as fast as {@code other}: the median of the runs' ratios, each between figures
   * that were taken one right after the other.
   */
  public double times(Speed other) {
    return medianOf(
        IntStream.range(0, runs.size())
            .mapToObj(run -> runs.get(run) / other.runs.get(run))
            .toList());
  }

  /** Of an even number of figures the lower of the two in the middle. */
  private static double medianOf(List<Double> figures) {
    return figures.stream().sorted().toList().get((figures.size() - 1) / 2);
  }
}
