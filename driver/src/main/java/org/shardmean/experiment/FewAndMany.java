package org.shardmean.experiment;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.math3.stat.StatUtils;
import org.shardmean.experiment.Recommendation.Conclusion;
import org.shardmean.experiment.Recommendation.Option;
import org.shardmean.experiment.statistics.Estimate;
import org.shardmean.experiment.statistics.Interval;
import org.shardmean.experiment.statistics.Scatter;
import org.shardmean.report.Texts;

/**
 * The fastest setup with the fewest workers beside the best of those with more. Times are compared
 * as logarithms, by Student's t with the variance pooled over all setups; the confidence is
 * corrected for the number of setups that might have been the fastest (Bonferroni).
 *
 * @param options of at least two counts
 * @param across what the options count
 * @param toTarget whether the time to the target accuracy counts, else that of an image
 */
record FewAndMany(List<Option> options, Across across, boolean toTarget) {
  private static final double CONFIDENCE = 0.95;

  /** A speedup that is worth more workers. */
  private static final double WORTH_IT = 1.05;

  FewAndMany {
    options = List.copyOf(options);
  }

  Recommendation recommendation(int measured) {
    Option few = few();
    Option many = many(few.count());
    Estimate gain = difference(this::logSeconds, many, few);
    Interval sure = gain.interval(1 - (1 - CONFIDENCE) / (options.size() - 1));
    Conclusion conclusion = conclusion(sure);
    return new Recommendation(
        conclusion,
        switch (conclusion) {
          case MORE_ARE_FASTER -> Optional.of(many);
          case MORE_ARE_NOT_FASTER -> Optional.of(few);
          default -> Optional.empty();
        },
        t ->
            t.passage(
                List.of(
                    time(t, conclusion, gain, sure, few, many),
                    accuracy(t, few, many),
                    cost(t, few, many),
                    omitted(t, measured - options.size()))));
  }

  private Option few() {
    int least = options.stream().mapToInt(Option::count).min().orElseThrow();
    return options.stream()
        .filter(one -> one.count() == least)
        .min(Comparator.comparingDouble(this::meanLog))
        .orElseThrow();
  }

  /** Of those with more, the one with the fewest that is about as fast as the fastest. */
  private Option many(int few) {
    List<Option> more = options.stream().filter(one -> one.count() > few).toList();
    double best = more.stream().mapToDouble(this::meanLog).min().orElseThrow();
    return more.stream()
        .filter(one -> meanLog(one) <= best + Math.log(WORTH_IT))
        .min(Comparator.comparingInt(Option::count).thenComparingDouble(this::meanLog))
        .orElseThrow();
  }

  private static Conclusion conclusion(Interval logGain) {
    return logGain.low() > 0
        ? Conclusion.MORE_ARE_FASTER
        : logGain.high() < Math.log(WORTH_IT)
            ? Conclusion.MORE_ARE_NOT_FASTER
            : Conclusion.CANNOT_TELL;
  }

  private String time(
      Texts t, Conclusion conclusion, Estimate gain, Interval sure, Option few, Option many) {
    String asFast = asFast(t, gain, sure, few);
    return switch (conclusion) {
      case MORE_ARE_FASTER -> t.text("said.useMore", many.described(t, across), asFast);
      case MORE_ARE_NOT_FASTER ->
          t.text("said.useFewer", few.described(t, across), many.described(t, across), asFast);
      default ->
          t.text(
              "said.cannotTell",
              t.counted("said.runs", fewestRuns()),
              few.described(t, across),
              many.described(t, across),
              asFast);
    };
  }

  /** How fast the setup with more is, beside the one with few. */
  private String asFast(Texts t, Estimate gain, Interval sure, Option few) {
    String factor = t.number("%.2f", Math.exp(Math.abs(gain.value())));
    String withFew = few.with(t, across);
    if (gain.value() >= 0) {
      String range = factors(t, gain, sure.low(), sure.high());
      return toTarget
          ? t.text("said.fasterToTarget", factor, withFew, range)
          : t.text("said.faster", factor, withFew, range);
    }
    String range = factors(t, gain, -sure.high(), -sure.low());
    return toTarget
        ? t.text("said.slowerToTarget", factor, withFew, range)
        : t.text("said.slower", factor, withFew, range);
  }

  private static String factors(Texts t, Estimate gain, double low, double high) {
    return gain.freedom() == 0
        ? t.text("said.noRange")
        : t.text("said.range", t.number("%.2f", Math.exp(low)), t.number("%.2f", Math.exp(high)));
  }

  private int fewestRuns() {
    return options.stream().mapToInt(one -> one.secondsPerImage().length).min().orElseThrow();
  }

  private String accuracy(Texts t, Option few, Option many) {
    Estimate change = difference(Option::accuracy, few, many);
    Interval sure = change.interval(CONFIDENCE);
    if (isNothing(change.value())
        && (change.freedom() == 0 || (isNothing(sure.low()) && isNothing(sure.high())))) {
      return t.text("said.sameAccuracy", percent(t, few));
    }
    String points = t.points(change.value());
    return t.text(
        "said.accuracyChange",
        many.with(t, across),
        percent(t, many),
        percent(t, few),
        change.freedom() == 0
            ? t.text("said.points", points)
            : t.text("said.pointsSure", points, t.points(sure.low()), t.points(sure.high())));
  }

  private static String percent(Texts t, Option option) {
    return t.number("%.2f", 100 * StatUtils.mean(option.accuracy()));
  }

  /** Whether a change of accuracy is zero in all digits that are shown. */
  private static boolean isNothing(double change) {
    return Math.round(change * 1e4) == 0;
  }

  /** In core-seconds; nothing where that is the same as the time. */
  private static String cost(Texts t, Option few, Option many) {
    double ratio =
        many.cores()
            * StatUtils.mean(many.secondsPerImage())
            / (few.cores() * StatUtils.mean(few.secondsPerImage()));
    return few.cores() == many.cores() ? "" : t.text("said.cost", t.number("%.2f", ratio));
  }

  private static String omitted(Texts t, int count) {
    return count == 0 ? "" : t.counted("said.leftOut", count);
  }

  private Estimate difference(Function<Option, double[]> figure, Option before, Option now) {
    return Scatter.within(options.stream().map(figure).toList())
        .difference(figure.apply(before), figure.apply(now));
  }

  private double meanLog(Option option) {
    return StatUtils.mean(logSeconds(option));
  }

  private double[] logSeconds(Option option) {
    return Arrays.stream(toTarget ? option.secondsToTarget() : option.secondsPerImage())
        .map(Math::log)
        .toArray();
  }
}
