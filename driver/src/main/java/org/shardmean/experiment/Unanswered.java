package org.shardmean.experiment;

import java.util.ArrayList;
import java.util.List;
import org.shardmean.report.Texts;

/**
 * Which questions a grid's points cannot answer, each with the reason.
 *
 * @param t the language
 */
record Unanswered(Texts t) {
  /** Sentences, in the order of the report's sections; empty where all is answered. */
  List<String> of(GridResult result) {
    List<String> sentences = new ArrayList<>();
    chance(result, sentences);
    speed(result, sentences);
    target(result, sentences);
    if (result.pricePerCoreHour() == 0) {
      sentences.add(t.text("said.noPrice"));
    }
    if (result.now().master().startsWith("local")) {
      sentences.add(t.text("said.noNetwork"));
    }
    if (result.baseline().isEmpty()) {
      sentences.add(t.text("said.noBaseline"));
    }
    return sentences;
  }

  private void chance(GridResult result, List<String> sentences) {
    Grid grid = result.grid();
    if (grid.seeds().size() == 1) {
      sentences.add(grid.repeats() > 1 ? t.text("said.oneSeed") : t.text("said.noSpread"));
    }
  }

  private void speed(GridResult result, List<String> sentences) {
    String several = result.across().several(t);
    List<Curve> curves = result.curves();
    int levels = curves.stream().mapToInt(curve -> curve.levels().size()).max().orElse(0);
    if (levels == 1) {
      sentences.add(t.text("said.oneLevel", several));
    } else if (levels == 2) {
      sentences.add(t.text("said.twoLevels", several));
    }
    if (curves.stream().anyMatch(Unanswered::isCrowded) && !result.grid().variesCores()) {
      String forecast = levels > 1 && isForecast(curves) ? t.text("said.dashedIsForecast") : "";
      sentences.add(t.passage(List.of(t.text("said.crowded"), forecast)));
    }
  }

  private static boolean isCrowded(Curve curve) {
    return curve.levels().stream().anyMatch(Level::isCrowded);
  }

  /** Whether the chart, where there is one, has the model's line for a curve with such levels. */
  private static boolean isForecast(List<Curve> curves) {
    return curves.stream()
        .limit(GridCharts.MOST_CURVES)
        .anyMatch(curve -> isCrowded(curve) && !curve.expected().isEmpty());
  }

  private void target(GridResult result, List<String> sentences) {
    if (Double.isNaN(result.grid().targetAccuracy())) {
      sentences.add(t.text("said.noTarget"));
    } else if (result.curves().stream()
        .flatMap(curve -> curve.levels().stream())
        .noneMatch(level -> level.toTarget().isReached())) {
      sentences.add(t.text("said.targetMissed"));
    } else {
      sentences.add(t.text("said.warmStart"));
    }
  }
}
