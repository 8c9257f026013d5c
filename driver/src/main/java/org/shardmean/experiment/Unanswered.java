package org.shardmean.experiment;

import java.util.ArrayList;
import java.util.List;

/** Which questions a grid's points cannot answer, each with the reason. */
final class Unanswered {
  private Unanswered() {}

  /** Sentences, in the order of the report's sections; empty where all is answered. */
  static List<String> of(GridResult result) {
    List<String> sentences = new ArrayList<>();
    chance(result, sentences);
    speed(result, sentences);
    target(result, sentences);
    if (result.pricePerCoreHour() == 0) {
      sentences.add("What a run costs: the file names no price-per-core-hour.");
    }
    if (result.now().master().startsWith("local")) {
      sentences.add("What sending over a network costs: driver and workers shared one process.");
    }
    if (result.baseline().isEmpty()) {
      sentences.add(
          "Whether it became slower or less accurate: it was compared with no earlier grid.");
    }
    return sentences;
  }

  private static void chance(GridResult result, List<String> sentences) {
    Grid grid = result.grid();
    if (grid.seeds().size() > 1) {
      return;
    }
    sentences.add(
        grid.repeats() > 1
            ? "How much accuracy differs by chance: one seed, whose repeats have the same accuracy."
            : "How much differs by chance: one run of each setup, so no spread.");
  }

  private static void speed(GridResult result, List<String> sentences) {
    String what = result.across();
    List<Curve> curves = result.curves();
    int levels = curves.stream().mapToInt(curve -> curve.levels().size()).max().orElse(0);
    if (levels == 1) {
      sentences.add(
          "What more %s gain: one number of %s, so no speed curve.".formatted(what, what));
    } else if (levels == 2) {
      sentences.add(
          "From how many %s on more make it slower: two numbers of %s cannot tell."
              .formatted(what, what));
    }
    if (curves.stream().anyMatch(Unanswered::isCrowded) && !result.grid().variesCores()) {
      sentences.add(
          "What more workers than task slots would gain with a slot each: here they took turns."
              + (levels > 1 && isForecast(curves)
                  ? " The dashed line in the chart is a forecast."
                  : ""));
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

  private static void target(GridResult result, List<String> sentences) {
    if (Double.isNaN(result.grid().targetAccuracy())) {
      sentences.add("How long training takes to an accuracy: the file names no target-accuracy.");
    } else if (result.curves().stream()
        .flatMap(curve -> curve.levels().stream())
        .noneMatch(level -> level.toTarget().isReached())) {
      sentences.add(
          "How long training takes to the target accuracy: too few runs of any setup reached it.");
    } else {
      sentences.add(
          "How long training takes to the target accuracy from a cold start: every point ran in an application that was warm already.");
    }
  }
}
