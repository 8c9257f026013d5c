package org.shardmean.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.shardmean.experiment.statistics.Estimate;
import org.shardmean.experiment.statistics.Interval;
import org.shardmean.experiment.statistics.Scatter;
import org.shardmean.run.FitDiagnosis;
import org.shardmean.run.Sentence;

/**
 * Which setup learns best, and how sure that is; which over- and underfit; which diverge.
 *
 * <p>The setup with the highest mean accuracy is compared with each other one by Student's t. The
 * variance is that of the two, because a setup that learns badly scatters more. Which one is the
 * highest was not known before, so the confidence is corrected for all pairs (Bonferroni). It tells
 * of other seeds, not of other images.
 */
final class LearningConclusions {
  private static final double CONFIDENCE = 0.95;

  /** Setups that are named in a sentence; of more, the number is said. */
  private static final int NAMED = 6;

  private LearningConclusions() {}

  /** Sentences in order; none where there is a single setup with nothing to report. */
  static List<String> of(List<SetupLearning> setups) {
    List<String> sentences = new ArrayList<>();
    diverged(setups).ifPresent(sentences::add);
    best(setups.stream().filter(one -> !one.done().isEmpty()).toList()).ifPresent(sentences::add);
    fits(setups, FitDiagnosis.Kind.OVERFITTING)
        .map(
            which ->
                "Overfitting (the validation loss rose again while the training loss fell): "
                    + which)
        .ifPresent(sentences::add);
    fits(setups, FitDiagnosis.Kind.UNDERFITTING)
        .map(which -> "Underfitting (both losses were still falling at the end): " + which)
        .ifPresent(sentences::add);
    return sentences;
  }

  private static Optional<String> diverged(List<SetupLearning> setups) {
    return listed(
            setups.stream()
                .filter(one -> !one.diverged().isEmpty())
                .map(
                    one ->
                        "%s in %s".formatted(name(one), share(one.diverged().size(), one.runs())))
                .toList())
        .map(which -> "Diverged: " + which);
  }

  private static Optional<String> fits(List<SetupLearning> setups, FitDiagnosis.Kind kind) {
    return listed(
        setups.stream()
            .filter(one -> one.count(kind) > 0)
            .map(one -> "%s in %s".formatted(name(one), share(one.count(kind), one.runs())))
            .toList());
  }

  private static String share(long some, int all) {
    return "%d of %s".formatted(some, Sentence.counted(all, "run"));
  }

  private static Optional<String> listed(List<String> which) {
    String rest =
        which.size() > NAMED ? "; and %d setups more".formatted(which.size() - NAMED) : "";
    return which.isEmpty()
        ? Optional.empty()
        : Optional.of(which.stream().limit(NAMED).collect(Collectors.joining("; ")) + rest + ".");
  }

  private static Optional<String> best(List<SetupLearning> setups) {
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
        Sentence.of("Highest accuracy on the validation images at the end: %s.", said(best))
            + sentence(" Lower for sure (95% confidence over seeds): ", lower)
            + sentence(
                best.done().size() == 1
                    ? " With one run each it cannot be told which are lower by chance: "
                    : " With %s the difference is not certain: ".formatted(seeds(best)),
                unknown));
  }

  private static String seeds(SetupLearning one) {
    return Sentence.counted(
        one.done().stream().map(run -> run.point().seed()).distinct().count(), "seed");
  }

  private static Estimate gain(SetupLearning other, SetupLearning best) {
    double[] before = accuracies(other);
    double[] now = accuracies(best);
    return Scatter.within(List.of(before, now)).difference(before, now);
  }

  private static double[] accuracies(SetupLearning one) {
    return one.done().stream().mapToDouble(PointRecord::finalAccuracy).toArray();
  }

  private static String sentence(String beginning, List<String> which) {
    return listed(which).map(list -> beginning + list).orElse("");
  }

  private static String said(SetupLearning one) {
    SetupAccuracy.Figure last = one.figure(PointRecord::finalAccuracy);
    return Sentence.of(
        "%s with %.2f%% (%s)",
        name(one),
        100 * last.mean(),
        last.runs() == 1
            ? "one run"
            : Sentence.of("± %.2f over %d runs", 100 * last.deviation(), last.runs()));
  }

  private static String said(SetupLearning other, Estimate gain, Interval sure) {
    String by = Sentence.points(-gain.value()) + " points";
    return "%s (%s)"
        .formatted(
            name(other),
            gain.freedom() == 0
                ? by
                : "%s, between %s and %s"
                    .formatted(by, Sentence.points(-sure.high()), Sentence.points(-sure.low())));
  }

  private static String name(SetupLearning one) {
    String name = one.setup().inWords();
    return name.isEmpty() ? "the only setup" : name;
  }
}
