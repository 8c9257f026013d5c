package org.shardmean.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.shardmean.experiment.statistics.Estimate;
import org.shardmean.experiment.statistics.Interval;
import org.shardmean.experiment.statistics.Scatter;
import org.shardmean.report.Texts;
import org.shardmean.run.FitDiagnosis;

/**
 * Which setup learns best, and how sure that is; which over- and underfit; which diverge.
 *
 * <p>The setup with the highest mean accuracy is compared with each other one by Student's t. The
 * variance is that of the two, because a setup that learns badly scatters more. Which one is the
 * highest was not known before, so the confidence is corrected for all pairs (Bonferroni). It tells
 * of other seeds, not of other images.
 *
 * @param t the language
 */
record LearningConclusions(Texts t) {
  private static final double CONFIDENCE = 0.95;

  /** Setups that are named in a sentence; of more, the number is said. */
  private static final int NAMED = 6;

  /** Sentences in order; none where there is a single setup with nothing to report. */
  List<String> of(List<SetupLearning> setups) {
    List<String> sentences = new ArrayList<>();
    diverged(setups).ifPresent(sentences::add);
    best(setups.stream().filter(one -> !one.done().isEmpty()).toList()).ifPresent(sentences::add);
    fits(setups, FitDiagnosis.Kind.OVERFITTING)
        .map(which -> t.text("said.overfitting", which))
        .ifPresent(sentences::add);
    fits(setups, FitDiagnosis.Kind.UNDERFITTING)
        .map(which -> t.text("said.underfitting", which))
        .ifPresent(sentences::add);
    return sentences;
  }

  private Optional<String> diverged(List<SetupLearning> setups) {
    return listed(
            setups.stream()
                .filter(one -> !one.diverged().isEmpty())
                .map(one -> in(one, one.diverged().size()))
                .toList())
        .map(which -> t.text("said.divergedSetups", which));
  }

  private Optional<String> fits(List<SetupLearning> setups, FitDiagnosis.Kind kind) {
    return listed(
        setups.stream()
            .filter(one -> one.count(kind) > 0)
            .map(one -> in(one, one.count(kind)))
            .toList());
  }

  /** A setup, in some of whose runs something was seen. */
  private String in(SetupLearning one, long some) {
    return t.text("said.setupIn", name(one), t.counted("said.someOfRuns", one.runs(), some));
  }

  private Optional<String> listed(List<String> which) {
    return which.stream()
        .limit(NAMED)
        .reduce((before, next) -> t.text("said.also", before, next))
        .map(
            named ->
                which.size() > NAMED ? t.text("said.andMore", named, which.size() - NAMED) : named)
        .map(all -> t.text("said.stop", all));
  }

  private Optional<String> best(List<SetupLearning> setups) {
    if (setups.size() < 2) {
      return Optional.empty();
    }
    SetupLearning best =
        setups.stream()
            .max(Comparator.comparingDouble(one -> one.figure(PointRecord::finalAccuracy).mean()))
            .orElseThrow();
    List<String> lower = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    int pairs = setups.size() * (setups.size() - 1) / 2;
    for (SetupLearning other : setups) {
      if (!other.equals(best)) {
        Estimate gain = gain(other, best);
        Interval sure = gain.interval(1 - (1 - CONFIDENCE) / pairs);
        boolean isKnown = gain.freedom() > 0 && sure.low() > 0;
        (isKnown ? lower : unknown).add(said(other, gain, sure));
      }
    }
    return Optional.of(
        t.passage(
            List.of(
                t.text("said.highest", said(best)),
                listed(lower).map(which -> t.text("said.lower", which)).orElse(""),
                listed(unknown).map(which -> notCertain(best, which)).orElse(""))));
  }

  private String notCertain(SetupLearning best, String which) {
    return best.done().size() == 1
        ? t.text("said.lowerUnknown", which)
        : t.counted("said.lowerUncertain", seeds(best), which);
  }

  private static long seeds(SetupLearning one) {
    return one.done().stream().map(run -> run.point().seed()).distinct().count();
  }

  private static Estimate gain(SetupLearning other, SetupLearning best) {
    double[] before = accuracies(other);
    double[] now = accuracies(best);
    return Scatter.within(List.of(before, now)).difference(before, now);
  }

  private static double[] accuracies(SetupLearning one) {
    return one.done().stream().mapToDouble(PointRecord::finalAccuracy).toArray();
  }

  private String said(SetupLearning one) {
    SetupAccuracy.Figure last = one.figure(PointRecord::finalAccuracy);
    return t.text("said.setupWith", name(one), t.number("%.2f", 100 * last.mean()), last.spread(t));
  }

  private String said(SetupLearning other, Estimate gain, Interval sure) {
    String by = t.points(-gain.value());
    return t.text(
        "said.gain",
        name(other),
        gain.freedom() == 0
            ? t.text("said.points", by)
            : t.text("said.pointsBetween", by, t.points(-sure.high()), t.points(-sure.low())));
  }

  private String name(SetupLearning one) {
    String name = one.setup().inWords();
    return name.isEmpty() ? t.text("said.onlySetup") : name;
  }
}
