package org.shardmean.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.metrics.Wilson;

/** What a comparison says, in sentences. They name a rival's advantage as they name ours. */
final class ComparisonConclusions {
  private ComparisonConclusions() {}

  static List<String> of(Comparison comparison) {
    List<String> sentences = new ArrayList<>();
    Contender ours = comparison.ours();
    sentences.add(itself(ours));
    for (Contender rival : comparison.rivals()) {
      sentences.add(besideOurs(rival, ours));
    }
    again(comparison).ifPresent(sentences::add);
    ours.course().best().ifPresent(best -> sentences.add(chance(best, comparison.seed())));
    return sentences;
  }

  private static String itself(Contender ours) {
    String problem = ours.problem().map(text -> " Its training failed: " + text + ".").orElse("");
    return ours.course()
            .best()
            .map(
                best ->
                    sentence(
                        "%s reached its best accuracy, %s, after %s.",
                        ours.title(), percent(best), seconds(best.seconds())))
            .orElse(ours.title() + " finished no epoch.")
        + problem;
  }

  /** What a warm JVM is worth. */
  private static Optional<String> again(Comparison comparison) {
    Optional<Milestone> first = comparison.ours().course().best();
    return comparison.contenders().stream()
        .filter(one -> !one.isOurs() && !one.isRival())
        .findFirst()
        .flatMap(one -> first.map(best -> one.course().secondsTo(best.accuracy())))
        .filter(OptionalDouble::isPresent)
        .map(
            seconds ->
                sentence(
                    "Shardmean came first, when the driver's JVM had just started. The others found"
                        + " it warm. Once more at the end, when it was warm, Shardmean took %s"
                        + " instead of %s.",
                    seconds(seconds.getAsDouble()), seconds(first.get().seconds())));
  }

  private static String besideOurs(Contender rival, Contender ours) {
    String problem =
        rival
            .problem()
            .map(text -> sentence("%s could not run to its end: %s.", rival.title(), text))
            .orElse("");
    Optional<Milestone> best = rival.course().best();
    if (best.isEmpty()) {
      return problem.isEmpty() ? rival.title() + " reached no milestone." : problem;
    }
    String compared = compared(rival, best.get(), ours);
    return problem.isEmpty() ? compared : problem + " Until then: " + compared;
  }

  private static String compared(Contender rival, Milestone best, Contender ours) {
    String itsBest =
        sentence(
            "%s reached at best %s, after %s.",
            rival.title(), percent(best), seconds(best.seconds()));
    OptionalDouble oursToIt = ours.course().secondsTo(best.accuracy());
    if (oursToIt.isPresent()) {
      return itsBest + " " + sooner(ours.title(), oursToIt.getAsDouble(), best.seconds());
    }
    Optional<Milestone> oursBest = ours.course().best();
    if (oursBest.isEmpty()) {
      return itsBest;
    }
    double itToOurs = rival.course().secondsTo(oursBest.get().accuracy()).orElseThrow();
    return itsBest
        + sentence(
            " That is more than %s reached. It reached %s's best, %s, after %s; %s took %s.",
            ours.title(),
            ours.title(),
            percent(oursBest.get()),
            seconds(itToOurs),
            ours.title(),
            seconds(oursBest.get().seconds()));
  }

  private static String sooner(String us, double ours, double its) {
    return ours <= its
        ? sentence(
            "%s reached that accuracy after %s: %s times as fast.",
            us, seconds(ours), decimal(its / ours))
        : sentence(
            "%s needed longer for that accuracy: %s, %s times as long.",
            us, seconds(ours), decimal(ours / its));
  }

  private static String chance(Milestone best, long seed) {
    return sentence(
        "This is one run of each, with seed %d. On %,d images, accuracies that differ by less than"
            + " %.2f points may differ by chance; repeat with other seeds before you rely on a"
            + " small difference.",
        seed, best.validation().total(), 100 * byChance(best.validation()));
  }

  /**
   * By how much two equal accuracies may differ, with 95% confidence: from the intervals of Wilson,
   * which also say something of 100% (Newcombe, "Interval Estimation for the Difference Between
   * Independent Proportions", Statistics in Medicine 17, 1998, method 10).
   */
  private static double byChance(ConfusionMatrix validation) {
    Wilson interval = Wilson.of(validation.correct(), validation.total());
    double accuracy = validation.accuracy();
    return Math.hypot(accuracy - interval.low(), interval.high() - accuracy);
  }

  private static String percent(Milestone milestone) {
    return sentence("%.2f%%", 100 * milestone.accuracy());
  }

  private static String seconds(double seconds) {
    return sentence(seconds < 100 ? "%.2f s" : "%.0f s", seconds);
  }

  private static String decimal(double ratio) {
    return sentence(ratio < 10 ? "%.1f" : "%,.0f", ratio);
  }

  private static String sentence(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
