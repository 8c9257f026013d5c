package org.shardmean.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a grid's points say, the most important first. */
final class Conclusions {
  private Conclusions() {}

  /** Sentences; at least one. */
  static List<String> of(GridResult result) {
    List<String> sentences = new ArrayList<>();
    failures(result, sentences);
    result.verdict().ifPresent(verdict -> sentences.add(verdict.sentence()));
    List<String> learning = LearningConclusions.of(result.learning());
    if (isAboutSpeed(result)) {
      sentences.add("Recommendation: " + result.recommendation().sentence());
      sentences.addAll(learning);
    } else {
      sentences.addAll(learning);
      accuracyOfTheOnly(result).ifPresent(sentences::add);
    }
    result.bottlenecks().forEach(one -> sentences.add(one.sentence()));
    return sentences;
  }

  private static void failures(GridResult result, List<String> sentences) {
    int failed = result.failed().size();
    int all = result.points().size();
    int diverged = result.diverged().size();
    if (diverged > 0) {
      sentences.add(
          "%d of %d points diverged, which the grid's file allows.".formatted(diverged, all));
    }
    if (failed > 0) {
      sentences.add(
          failed == all
              ? "Every point failed (%d), so the grid says nothing about training.".formatted(all)
              : "%d of %d points failed; what follows is about the others.".formatted(failed, all));
    }
  }

  /** Whether there are few and many workers, or cores, to compare. */
  private static boolean isAboutSpeed(GridResult result) {
    return result.recommendation().conclusion() != Recommendation.Conclusion.NOTHING_TO_COMPARE;
  }

  /** Several setups are compared with each other instead. */
  private static Optional<String> accuracyOfTheOnly(GridResult result) {
    List<SetupAccuracy> setups = result.accuracy();
    return setups.size() == 1
        ? Optional.of("Accuracy after the last epoch: %s.".formatted(said(setups.get(0))))
        : Optional.empty();
  }

  private static String said(SetupAccuracy one) {
    SetupAccuracy.Figure last = one.last();
    String spread =
        last.runs() == 1
            ? "one run"
            : String.format(
                Locale.ROOT, "± %.2f over %d runs", 100 * last.deviation(), last.runs());
    String name = one.setup().id().isEmpty() ? "" : " of " + one.setup().id();
    return String.format(Locale.ROOT, "%.2f%% (%s)%s", 100 * last.mean(), spread, name);
  }
}
