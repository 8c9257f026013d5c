package org.shardmean.tests.benchmark;

import java.util.List;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How much a benchmark does.
 *
 * @param engineRuns of every engine at every batch size
 * @param engineRun how long one takes
 * @param endToEnd whole trainings
 * @param syncRounds measured for each of {@link SyncBenchmark#NETWORKS}; 0 leaves it out
 * @param scalingImages of the strong scaling
 * @param scalingEpochs measured, and one before
 */
public record BenchmarkSize(
    int engineRuns,
    TimeValue engineRun,
    EndToEndSetting endToEnd,
    List<Integer> syncRounds,
    int scalingImages,
    int scalingEpochs) {
  public BenchmarkSize {
    syncRounds = List.copyOf(syncRounds);
  }

  static BenchmarkSize full(String data) {
    return new BenchmarkSize(
        5,
        TimeValue.milliseconds(500),
        new EndToEndSetting(data, 5, 200, 9, 100, 3),
        List.of(200, 50, 15),
        60_000,
        10);
  }

  static BenchmarkSize quick(String data) {
    return new BenchmarkSize(
        3,
        TimeValue.milliseconds(200),
        new EndToEndSetting(data, 5, 40, 1, 10, 1),
        List.of(100, 50, 0),
        60_000,
        5);
  }
}
