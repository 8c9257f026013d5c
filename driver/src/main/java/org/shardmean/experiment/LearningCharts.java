package org.shardmean.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.shardmean.report.Axis;
import org.shardmean.report.Chart;
import org.shardmean.report.Chart.Series;
import org.shardmean.report.Chart.Value;
import org.shardmean.report.Figures;
import org.shardmean.report.Texts;

/**
 * Overlaid curves over the epochs, each the mean over the runs of a setup.
 *
 * @param setups those that are drawn
 * @param t the page's texts
 * @param n how numbers are written
 */
record LearningCharts(List<SetupLearning> setups, Texts t, Figures n) {
  LearningCharts {
    setups = List.copyOf(setups);
  }

  /** A chart of shares, such as accuracies. */
  Chart shares(String id, String title, Function<PointRecord, List<Double>> figure) {
    List<Series> series = series(figure);
    double[] finite = finite(series);
    double lowest = finite.length == 0 ? 0 : finite[0];
    double highest = finite.length == 0 ? 1 : finite[finite.length - 1];
    Axis axis = Axis.ofShares(lowest, Math.max(highest, lowest + 1e-3));
    int decimals = Math.max(0, axis.decimals() - 2);
    return chart(id, title, series, axis, v -> n.percent(v, decimals), n::percent);
  }

  /** A chart of losses, from zero. */
  Chart losses(String id, String title, Function<PointRecord, List<Double>> figure) {
    List<Series> series = series(figure);
    Axis axis = Axis.covering(0, Math.max(highestShown(finite(series)), 1e-3));
    return chart(id, title, series, axis, v -> n.decimal(v, axis.decimals()), n::loss);
  }

  private List<Series> series(Function<PointRecord, List<Double>> figure) {
    List<Series> series = new ArrayList<>();
    for (int s = 0; s < setups.size(); s++) {
      List<Double> means = setups.get(s).mean(figure);
      List<Value> values = new ArrayList<>();
      for (int e = 0; e < means.size(); e++) {
        values.add(Value.at(e + 1.0, means.get(e)));
      }
      series.add(new Series(setups.get(s).setup().inWords(), "c" + s, GridCharts.look(s), values));
    }
    return series;
  }

  /** All finite values, sorted. */
  private static double[] finite(List<Series> series) {
    return series.stream()
        .flatMap(one -> one.values().stream())
        .mapToDouble(Value::y)
        .filter(Double::isFinite)
        .sorted()
        .toArray();
  }

  /** A loss that is far above the others would flatten them: it is drawn at the edge. */
  private static double highestShown(double[] sorted) {
    if (sorted.length == 0) {
      return 1;
    }
    double most = sorted[(int) (0.9 * (sorted.length - 1))] * 2;
    return Math.min(sorted[sorted.length - 1], Math.max(most, 1e-3));
  }

  private Chart chart(
      String id,
      String title,
      List<Series> series,
      Axis axis,
      DoubleFunction<String> ofAxis,
      DoubleFunction<String> written) {
    int epochs = series.stream().mapToInt(one -> one.values().size()).max().orElse(1);
    return Chart.of(
        new Chart.Words(
            "chart-" + id,
            title,
            description(series, written),
            t.text("learning.epoch"),
            (one, value) ->
                t.text(
                    "learning.dot", Math.round(value.x()), one.name(), written.apply(value.y()))),
        Chart.Scale.ofEpochs(Math.max(1, epochs)),
        Chart.Scale.of(axis, ofAxis),
        series);
  }

  private String description(List<Series> series, DoubleFunction<String> written) {
    return series.stream()
        .filter(one -> !one.values().isEmpty())
        .map(one -> described(one, written))
        .reduce((before, next) -> t.text("said.also", before, next))
        .orElseGet(() -> t.text("grid.noEpoch"));
  }

  private String described(Series one, DoubleFunction<String> written) {
    List<Value> values = one.values();
    return t.text(
        "grid.described",
        one.name(),
        written.apply(values.get(0).y()),
        written.apply(values.get(values.size() - 1).y()),
        values.size());
  }
}
