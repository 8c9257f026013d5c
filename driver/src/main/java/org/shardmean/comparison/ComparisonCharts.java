package org.shardmean.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoublePredicate;
import org.shardmean.report.Axis;
import org.shardmean.report.Chart;
import org.shardmean.report.Chart.Look;
import org.shardmean.report.Chart.Series;
import org.shardmean.report.Chart.Value;
import org.shardmean.report.Figures;
import org.shardmean.report.Texts;

/**
 * Accuracy against seconds. Trainings take from tenths of a second to many minutes, so the seconds
 * are drawn by their logarithm.
 *
 * @param contenders those with milestones, in order; the place of each is its colour
 * @param t the page's texts
 * @param n how numbers are written
 */
record ComparisonCharts(List<Contender> contenders, Texts t, Figures n) {
  ComparisonCharts {
    contenders = contenders.stream().filter(one -> !one.course().milestones().isEmpty()).toList();
  }

  /** All milestones. */
  Chart all() {
    return chart("all", t.text("compare.chartAll"), accuracy -> true);
  }

  /** Only accuracies that every contender reached, or more. */
  Chart top() {
    double least =
        contenders.stream()
            .mapToDouble(one -> one.course().best().orElseThrow().accuracy())
            .min()
            .orElse(0);
    return chart("top", t.text("compare.chartTop"), accuracy -> accuracy >= least);
  }

  private Chart chart(String id, String title, DoublePredicate isShown) {
    List<Series> series = new ArrayList<>();
    for (int c = 0; c < contenders.size(); c++) {
      List<Value> values =
          contenders.get(c).course().milestones().stream()
              .filter(milestone -> isShown.test(milestone.accuracy()))
              .map(ComparisonCharts::value)
              .toList();
      series.add(new Series(contenders.get(c).title(t), style(c), look(c), values));
    }
    Axis axis = axis(series);
    return Chart.of(
        new Chart.Words(
            "chart-" + id,
            title,
            "",
            t.text("compare.secondsAxis"),
            (one, value) ->
                t.text(
                    "compare.dot",
                    one.name(),
                    n.percent(value.y()),
                    n.seconds(Math.pow(10, value.x())))),
        seconds(series),
        Chart.Scale.of(axis, v -> n.percent(v, Math.max(0, axis.decimals() - 2))),
        series);
  }

  private static Value value(Milestone milestone) {
    return Value.at(Math.log10(Math.max(1e-3, milestone.seconds())), milestone.accuracy());
  }

  private static Axis axis(List<Series> series) {
    List<Double> accuracies =
        series.stream().flatMap(one -> one.values().stream()).map(Value::y).toList();
    double least = accuracies.stream().min(Comparator.naturalOrder()).orElse(0.0);
    double most = accuracies.stream().max(Comparator.naturalOrder()).orElse(1.0);
    return Axis.ofShares(least, Math.max(most, least + 0.001));
  }

  /** From the power of ten before the first milestone to the one after the last. */
  private Chart.Scale seconds(List<Series> series) {
    List<Double> logs =
        series.stream().flatMap(one -> one.values().stream()).map(Value::x).toList();
    double from = Math.floor(logs.stream().min(Comparator.naturalOrder()).orElse(0.0));
    double to =
        Math.max(from + 1, Math.ceil(logs.stream().max(Comparator.naturalOrder()).orElse(1.0)));
    List<Double> ticks = new ArrayList<>();
    for (int power = (int) from; power <= to; power++) {
      ticks.add((double) power);
      if (power < to) {
        ticks.add(power + Math.log10(3));
      }
    }
    return new Chart.Scale(from, to, ticks, log -> written(Math.pow(10, log)));
  }

  private String written(double seconds) {
    int decimals = seconds < 0.99 ? (int) Math.ceil(-Math.log10(seconds) - 1e-9) : 0;
    return n.decimal(seconds, decimals);
  }

  /** The CSS class of the contender at this place. */
  String style(int place) {
    return "c" + place;
  }

  /** The second has squares, so that the first two differ without their colours too. */
  boolean hasSquares(int place) {
    return place == 1;
  }

  private Look look(int place) {
    return hasSquares(place) ? Look.SQUARES : Look.DOTS;
  }
}
