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
import org.shardmean.run.Sentence;

/**
 * The fastest setup with the fewest workers beside the best of those with more. Times are compared
 * as logarithms, by Student's t with the variance pooled over all setups; the confidence is
 * corrected for the number of setups that might have been the fastest (Bonferroni).
 *
 * @param options of at least two counts
 * @param what the options count
 * @param toTarget whether the time to the target accuracy counts, else that of an image
 */
record FewAndMany(List<Option> options, String what, boolean toTarget) {
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
    String sentence =
        time(conclusion, few, many, gain, sure)
            + accuracy(few, many)
            + cost(few, many)
            + omitted(measured - options.size());
    return new Recommendation(
        conclusion,
        switch (conclusion) {
          case MORE_ARE_FASTER -> Optional.of(many);
          case MORE_ARE_NOT_FASTER -> Optional.of(few);
          default -> Optional.empty();
        },
        sentence);
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
      Conclusion conclusion, Option few, Option many, Estimate gain, Interval sure) {
    String asFast =
        gain.value() >= 0
            ? Sentence.of(
                "%s %.2f times as fast as with %s (95%% confidence: %s)",
                toTarget ? "it reaches the target accuracy" : "it trains",
                Math.exp(gain.value()),
                few.described(what),
                factors(gain, sure.low(), sure.high()))
            : Sentence.of(
                "%s takes %.2f times as long as with %s (95%% confidence: %s)",
                toTarget ? "reaching the target accuracy" : "training",
                Math.exp(-gain.value()),
                few.described(what),
                factors(gain, -sure.high(), -sure.low()));
    return switch (conclusion) {
      case MORE_ARE_FASTER -> "Use %s: %s.".formatted(many.described(what), asFast);
      case MORE_ARE_NOT_FASTER ->
          "Use %s. The best of more is %s: %s."
              .formatted(few.described(what), many.described(what), asFast);
      default ->
          "It cannot be told with %s each whether %s or %s train faster. With the latter %s. Run more seeds."
              .formatted(runs(), few.described(what), many.described(what), asFast);
    };
  }

  private static String factors(Estimate gain, double low, double high) {
    return gain.freedom() == 0
        ? "no range, with one run each"
        : Sentence.of("%.2f to %.2f", Math.exp(low), Math.exp(high));
  }

  private String runs() {
    int fewest = options.stream().mapToInt(one -> one.secondsPerImage().length).min().orElseThrow();
    return Sentence.counted(fewest, "run");
  }

  private String accuracy(Option few, Option many) {
    Estimate change = difference(Option::accuracy, few, many);
    Interval sure = change.interval(CONFIDENCE);
    if (isNothing(change.value())
        && (change.freedom() == 0 || (isNothing(sure.low()) && isNothing(sure.high())))) {
      return Sentence.of(
          " The accuracy at the end is the same, %.2f%%.", 100 * StatUtils.mean(few.accuracy()));
    }
    return Sentence.of(
        " With %s the accuracy at the end is %.2f%% instead of %.2f%%: %s points%s.",
        many.described(what),
        100 * StatUtils.mean(many.accuracy()),
        100 * StatUtils.mean(few.accuracy()),
        Sentence.points(change.value()),
        change.freedom() == 0
            ? ""
            : Sentence.of(
                " (95%% confidence: %s to %s)",
                Sentence.points(sure.low()), Sentence.points(sure.high())));
  }

  private static boolean isNothing(double change) {
    return Sentence.points(change).equals(Sentence.points(0));
  }

  /** In core-seconds; nothing where that is the same as the time. */
  private static String cost(Option few, Option many) {
    double ratio =
        many.cores()
            * StatUtils.mean(many.secondsPerImage())
            / (few.cores() * StatUtils.mean(few.secondsPerImage()));
    return few.cores() == many.cores()
        ? ""
        : Sentence.of(" It costs %.2f times as many core-seconds an image.", ratio);
  }

  private static String omitted(int count) {
    return count == 0
        ? ""
        : " %s left out because not every run reached the target accuracy."
            .formatted(count == 1 ? "One setup is" : count + " setups are");
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
