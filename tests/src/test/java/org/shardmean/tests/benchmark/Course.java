package org.shardmean.tests.benchmark;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How one training went.
 *
 * @param stretches in order, mostly an epoch each
 * @param wholeSeconds of the process, from its start to its end
 */
public record Course(List<Stretch> stretches, double wholeSeconds) {
  public Course {
    stretches = List.copyOf(stretches);
    if (stretches.isEmpty()) {
      throw new IllegalArgumentException("a course has at least one stretch, found none");
    }
  }

  /** Of the stretch in the middle, so that neither a cold start nor a disturbance counts. */
  double imagesPerSecond() {
    return Spread.of(stretches.stream().map(Stretch::imagesPerSecond).toList()).median();
  }

  /** At the end. */
  double accuracy() {
    return stretches.get(stretches.size() - 1).accuracy();
  }

  /** Seconds of training in all. */
  double trainSeconds() {
    return stretches.stream().mapToDouble(Stretch::seconds).sum();
  }

  /** Seconds of training until an accuracy was reached, by whole stretches; empty if never. */
  OptionalDouble secondsTo(double accuracy) {
    double seconds = 0;
    for (Stretch stretch : stretches) {
      seconds += stretch.seconds();
      if (stretch.accuracy() >= accuracy) {
        return OptionalDouble.of(seconds);
      }
    }
    return OptionalDouble.empty();
  }
}
