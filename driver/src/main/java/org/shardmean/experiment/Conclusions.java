package org.shardmean.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shardmean.report.Texts;

/**
 * What a grid's points say, the most important first.
 *
 * @param t the language
 */
record Conclusions(Texts t) {
  /** Sentences; at least one. */
  List<String> of(GridResult result) {
    List<String> sentences = new ArrayList<>();
    failures(result, sentences);
    result.verdict().ifPresent(verdict -> sentences.add(verdict.sentence(t)));
    List<String> learning = new LearningConclusions(t).of(result.learning());
    if (isAboutSpeed(result)) {
      sentences.add(t.text("said.recommendation", result.recommendation().sentence(t)));
      sentences.addAll(learning);
    } else {
      sentences.addAll(learning);
      accuracyOfTheOnly(result).ifPresent(sentences::add);
    }
    result.bottlenecks().forEach(one -> sentences.add(one.sentence(t)));
    return sentences;
  }

  private void failures(GridResult result, List<String> sentences) {
    int failed = result.failed().size();
    int all = result.points().size();
    int diverged = result.diverged().size();
    if (diverged > 0) {
      sentences.add(t.text("said.diverged", diverged, all));
    }
    if (failed > 0) {
      sentences.add(
          failed == all ? t.text("said.allFailed", all) : t.text("said.someFailed", failed, all));
    }
  }

  /** Whether there are few and many workers, or cores, to compare. */
  private static boolean isAboutSpeed(GridResult result) {
    return result.recommendation().conclusion() != Recommendation.Conclusion.NOTHING_TO_COMPARE;
  }

  /** Several setups are compared with each other instead. */
  private Optional<String> accuracyOfTheOnly(GridResult result) {
    List<SetupAccuracy> setups = result.accuracy();
    return setups.size() == 1
        ? Optional.of(t.text("said.accuracyAtEnd", said(setups.get(0))))
        : Optional.empty();
  }

  private String said(SetupAccuracy one) {
    String mean = t.number("%.2f", 100 * one.last().mean());
    String spread = one.last().spread(t);
    return one.setup().id().isEmpty()
        ? t.text("said.accuracy", mean, spread)
        : t.text("said.accuracyOfSetup", mean, spread, one.setup().id());
  }
}
