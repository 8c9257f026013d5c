package org.shardmean.tests.benchmark;

import java.util.Comparator;
import java.util.List;

/**
 * How fast one contender trains.
 *
 * @param contender its name
 * @param settings what it trains with
 * @param imagesPerSecond over its runs, of the epoch in the middle of each
 * @param secondsPerEpoch the same as seconds for as many images as there are
 * @param accuracy validation accuracy at the end of a run, over its runs
 * @param secondsTo97 seconds of training to 97% validation accuracy, the median run's; null when
 *     that run does not reach it
 * @param secondsTo98 the same for 98%
 * @param trainSeconds seconds of training in a run, all epochs
 * @param wholeSeconds seconds of the whole process, from its start to its end
 */
public record EndToEndSpeed(
    String contender,
    String settings,
    Spread imagesPerSecond,
    double secondsPerEpoch,
    Spread accuracy,
    Double secondsTo97,
    Double secondsTo98,
    Spread trainSeconds,
    Spread wholeSeconds) {

  static EndToEndSpeed of(Contender contender, List<Course> courses, int images) {
    Spread imagesPerSecond = Spread.of(courses.stream().map(Course::imagesPerSecond).toList());
    return new EndToEndSpeed(
        contender.name(),
        contender.settings(),
        imagesPerSecond,
        images / imagesPerSecond.median(),
        Spread.of(courses.stream().map(Course::accuracy).toList()),
        medianSecondsTo(0.97, courses),
        medianSecondsTo(0.98, courses),
        Spread.of(courses.stream().map(Course::trainSeconds).toList()),
        Spread.of(courses.stream().map(Course::wholeSeconds).toList()));
  }

  /** A run that never gets there counts as the longest. */
  private static Double medianSecondsTo(double accuracy, List<Course> courses) {
    List<Double> seconds =
        courses.stream()
            .map(course -> course.secondsTo(accuracy).orElse(Double.POSITIVE_INFINITY))
            .sorted(Comparator.naturalOrder())
            .toList();
    Double median = seconds.get((seconds.size() - 1) / 2);
    return median.isInfinite() ? null : median;
  }
}
