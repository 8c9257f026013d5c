package org.shardmean.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.metrics.Wilson;
import org.shardmean.report.Figures;
import org.shardmean.report.RecordedSentences;
import org.shardmean.report.Texts;

/**
 * What a comparison says, in sentences. They name a rival's advantage as they name ours.
 *
 * @param t the language
 */
record ComparisonConclusions(Texts t) {
  List<String> of(Comparison comparison) {
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

  private String itself(Contender ours) {
    String best =
        ours.course()
            .best()
            .map(one -> t.text("said.ourBest", ours.title(t), percent(one), seconds(one.seconds())))
            .orElseGet(() -> t.text("said.ourNothing", ours.title(t)));
    String problem =
        ours.problem()
            .map(text -> t.text("said.trainingFailed", RecordedSentences.in(t, text)))
            .orElse("");
    return t.passage(List.of(best, problem));
  }

  /** What a warm JVM is worth. */
  private Optional<String> again(Comparison comparison) {
    Optional<Milestone> first = comparison.ours().course().best();
    return comparison.contenders().stream()
        .filter(one -> !one.isOurs() && !one.isRival())
        .findFirst()
        .flatMap(one -> first.map(best -> one.course().secondsTo(best.accuracy())))
        .filter(OptionalDouble::isPresent)
        .map(
            seconds ->
                t.text(
                    "said.again", seconds(seconds.getAsDouble()), seconds(first.get().seconds())));
  }

  private String besideOurs(Contender rival, Contender ours) {
    String problem =
        rival
            .problem()
            .map(text -> t.text("said.notToEnd", rival.title(t), RecordedSentences.in(t, text)))
            .orElse("");
    Optional<Milestone> best = rival.course().best();
    if (best.isEmpty()) {
      return problem.isEmpty() ? t.text("said.noMilestone", rival.title(t)) : problem;
    }
    String compared = compared(rival, best.get(), ours);
    return problem.isEmpty()
        ? compared
        : t.passage(List.of(problem, t.text("said.untilThen", compared)));
  }

  private String compared(Contender rival, Milestone best, Contender ours) {
    String itsBest = t.text("said.itsBest", rival.title(t), percent(best), seconds(best.seconds()));
    OptionalDouble oursToIt = ours.course().secondsTo(best.accuracy());
    if (oursToIt.isPresent()) {
      String sooner = sooner(ours.title(t), oursToIt.getAsDouble(), best.seconds());
      return t.passage(List.of(itsBest, sooner));
    }
    Optional<Milestone> oursBest = ours.course().best();
    if (oursBest.isEmpty()) {
      return itsBest;
    }
    double itToOurs = rival.course().secondsTo(oursBest.get().accuracy()).orElseThrow();
    String more =
        t.text(
            "said.moreThanOurs",
            ours.title(t),
            percent(oursBest.get()),
            seconds(itToOurs),
            seconds(oursBest.get().seconds()));
    return t.passage(List.of(itsBest, more));
  }

  private String sooner(String us, double ours, double its) {
    return ours <= its
        ? t.text("said.sooner", us, seconds(ours), decimal(its / ours))
        : t.text("said.later", us, seconds(ours), decimal(ours / its));
  }

  private String chance(Milestone best, long seed) {
    return t.text(
        "said.chance",
        seed,
        t.number("%,d", best.validation().total()),
        t.number("%.2f", 100 * byChance(best.validation())));
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

  private String percent(Milestone milestone) {
    return new Figures(t.locale()).percent(milestone.accuracy());
  }

  private String seconds(double seconds) {
    return t.text("said.seconds", t.number(seconds < 100 ? "%.2f" : "%.0f", seconds));
  }

  private String decimal(double ratio) {
    return t.number(ratio < 10 ? "%.1f" : "%,.0f", ratio);
  }
}
