package org.shardmean.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a grid's points say, the most important first. */
final class Conclusions {
  private Conclusions() {}

  /** Sentences; at least one. */
  static List<String> of(GridResult result) {
    List<String> sentences = new ArrayList<>();
    failures(result, sentences);
    result.verdict().ifPresent(verdict -> sentences.add(verdict.sentence()));
    if (!result.curves().isEmpty()) {
      sentences.add("Recommendation: " + result.recommendation().sentence());
      accuracy(result, sentences);
    }
    result.bottlenecks().forEach(one -> sentences.add(one.sentence()));
    return sentences;
  }

  private static void failures(GridResult result, List<String> sentences) {
    int failed = result.failed().size();
    int all = result.points().size();
    if (failed > 0) {
      sentences.add(
          failed == all
              ? "Every point failed (%d), so the grid says nothing about training.".formatted(all)
              : "%d of %d points failed; what follows is about the others.".formatted(failed, all));
    }
  }

  private static void accuracy(GridResult result, List<String> sentences) {
    List<SetupAccuracy> setups = result.accuracy();
    SetupAccuracy best = SetupAccuracy.best(setups).orElseThrow();
    String sentence = "Highest accuracy after the last epoch: " + said(best);
    if (setups.size() > 1) {
      SetupAccuracy least =
          setups.stream().min(Comparator.comparingDouble(one -> one.last().mean())).orElseThrow();
      sentence += "; lowest: " + said(least);
    }
    sentences.add(sentence + ".");
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
