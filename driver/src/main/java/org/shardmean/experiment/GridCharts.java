package org.shardmean.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.shardmean.experiment.statistics.Spread;
import org.shardmean.report.Axis;
import org.shardmean.report.Chart;
import org.shardmean.report.Chart.Look;
import org.shardmean.report.Chart.Series;
import org.shardmean.report.Chart.Value;
import org.shardmean.report.Figures;
import org.shardmean.report.Texts;

/**
 * The charts of a grid's report.
 *
 * @param curves those that are drawn, at most {@link #MOST_CURVES}
 * @param across what varies, for the horizontal axis
 * @param t the page's texts
 * @param n how numbers are written
 */
record GridCharts(List<Curve> curves, Across across, Texts t, Figures n) {
  static final int MOST_CURVES = 4;

  GridCharts {
    curves = List.copyOf(curves.subList(0, Math.min(MOST_CURVES, curves.size())));
  }

  /** Over the first level; with the ideal, and what the model expects of nine runs in ten. */
  Chart speedup() {
    double first = ticks().get(0);
    double last =
        curves.stream()
            .flatMap(curve -> curve.expected().stream())
            .mapToDouble(Curve.Expected::across)
            .reduce(end(), Math::max);
    List<Series> series = new ArrayList<>();
    series.add(
        new Series(
            t.text("grid.ideal"),
            "ideal",
            Look.LINE,
            List.of(Value.at(first, 1), Value.at(last, last / first))));
    for (int c = 0; c < curves.size(); c++) {
      Curve curve = curves.get(c);
      String style = "c" + c;
      if (!curve.expected().isEmpty()) {
        series.add(expected(curve, style + " band", Look.BAND));
        series.add(expected(curve, style + " fit", Look.LINE));
      }
    }
    series.addAll(measured(Level::speedup));
    double highest =
        series.stream()
            .filter(one -> one.look() != Look.BAND && !one.style().equals("ideal"))
            .flatMap(one -> one.values().stream())
            .mapToDouble(Value::high)
            .max()
            .orElse(1);
    return chart(
        "speedup",
        t.text("grid.speedupChart"),
        Axis.covering(0, Math.max(highest, end() / first)),
        last,
        series,
        v -> n.decimal(v, 1));
  }

  Chart efficiency() {
    List<Series> series = new ArrayList<>(measured(Level::efficiency));
    return chart(
        "efficiency",
        t.text("grid.efficiencyChart", across.several(t)),
        Axis.covering(0, Math.max(1, highest(series))),
        end(),
        series,
        v -> n.percent(v, 0));
  }

  Chart accuracy() {
    List<Series> series = measured(level -> level.spread(PointRecord::finalAccuracy));
    double lowest =
        series.stream()
            .flatMap(one -> one.values().stream())
            .mapToDouble(Value::low)
            .min()
            .orElse(0);
    Axis axis = Axis.ofShares(lowest, Math.max(highest(series), lowest + 0.001));
    return chart(
        "accuracy",
        t.text("grid.accuracyChart"),
        axis,
        end(),
        series,
        v -> n.percent(v, Math.max(0, axis.decimals() - 2)));
  }

  /** Only levels that reached the target. */
  Chart timeToAccuracy() {
    List<Series> series = new ArrayList<>();
    for (int c = 0; c < curves.size(); c++) {
      List<Value> values =
          curves.get(c).levels().stream()
              .filter(level -> level.toTarget().isReached())
              .map(
                  level ->
                      new Value(
                          level.across(),
                          level.toTarget().seconds(),
                          level.toTarget().likely().low(),
                          Double.isFinite(level.toTarget().likely().high())
                              ? level.toTarget().likely().high()
                              : level.toTarget().seconds()))
              .toList();
      if (!values.isEmpty()) {
        series.add(new Series(curves.get(c).name(), "c" + c, look(c), values));
      }
    }
    return chart(
        "tta",
        t.text("grid.targetChart"),
        Axis.covering(0, Math.max(1e-3, highest(series))),
        end(),
        series,
        v -> n.decimal(v, v < 1 ? 2 : 1));
  }

  /** Images a second of each grid there has been, the geometric mean over the curves' setups. */
  Chart trend(List<PastGrid> grids) {
    List<Value> values = new ArrayList<>();
    List<Double> numbers = new ArrayList<>();
    for (int g = 0; g < grids.size(); g++) {
      double[] speeds =
          grids.get(g).points().stream()
              .filter(PointRecord::isDone)
              .mapToDouble(PointRecord::imagesPerSecond)
              .toArray();
      numbers.add(g + 1.0);
      if (speeds.length > 0) {
        double mean = geometricMean(speeds);
        values.add(Value.at(g + 1, mean));
      }
    }
    List<Series> series = List.of(new Series(t.text("grid.grid"), "c0", Look.DOTS, values));
    return chart(
        "trend",
        t.text("grid.trendChart"),
        t.text("grid.grid"),
        Axis.covering(0, Math.max(1, highest(series))),
        Chart.Scale.ofNumbers(numbers, grids.size()),
        series,
        n::rounded);
  }

  /** NaN for no values. */
  static double geometricMean(double[] values) {
    double logs = 0;
    for (double value : values) {
      logs += Math.log(value);
    }
    return Math.exp(logs / values.length);
  }

  private static Series expected(Curve curve, String style, Look look) {
    return new Series(
        curve.name(),
        style,
        look,
        curve.expected().stream()
            .map(
                one ->
                    look == Look.LINE
                        ? Value.at(one.across(), one.speedup())
                        : new Value(
                            one.across(), one.speedup(), one.likely().low(), one.likely().high()))
            .toList());
  }

  private List<Series> measured(Function<Level, Spread> figure) {
    List<Series> series = new ArrayList<>();
    for (int c = 0; c < curves.size(); c++) {
      List<Value> values = new ArrayList<>();
      for (Level level : curves.get(c).levels()) {
        Spread spread = figure.apply(level);
        if (!Double.isNaN(spread.median())) {
          values.add(new Value(level.across(), spread.median(), spread.least(), spread.most()));
        }
      }
      series.add(new Series(curves.get(c).name(), "c" + c, look(c), values));
    }
    return series;
  }

  private Chart chart(
      String id,
      String title,
      Axis vertical,
      double last,
      List<Series> series,
      DoubleFunction<String> written) {
    return chart(
        id,
        title,
        across.several(t),
        vertical,
        Chart.Scale.ofNumbers(ticks(), last),
        series,
        written);
  }

  private Chart chart(
      String id,
      String title,
      String across,
      Axis vertical,
      Chart.Scale horizontal,
      List<Series> series,
      DoubleFunction<String> written) {
    return Chart.of(
        new Chart.Words(
            "chart-" + id, title, "", across, (one, value) -> label(one, value, across, written)),
        horizontal,
        Chart.Scale.of(vertical, written),
        series);
  }

  private String label(Series series, Value value, String across, DoubleFunction<String> written) {
    String measured = written.apply(value.y());
    String shown =
        value.high() > value.low()
            ? t.text(
                "grid.withRange", measured, written.apply(value.low()), written.apply(value.high()))
            : measured;
    return t.text("grid.dot", series.name(), across, Math.round(value.x()), shown);
  }

  /** Every second curve has squares, so that curves differ without their colours too. */
  static Look look(int curve) {
    return curve % 2 == 1 ? Look.SQUARES : Look.DOTS;
  }

  private static double highest(List<Series> series) {
    return most(series, Value::high);
  }

  private static double most(List<Series> series, ToDoubleFunction<Value> figure) {
    return series.stream()
        .flatMap(one -> one.values().stream())
        .mapToDouble(figure)
        .max()
        .orElse(1);
  }

  private double end() {
    return ticks().get(ticks().size() - 1);
  }

  /** Where levels were measured. */
  private List<Double> ticks() {
    TreeSet<Double> ticks = new TreeSet<>();
    curves.forEach(curve -> curve.levels().forEach(level -> ticks.add((double) level.across())));
    return ticks.isEmpty() ? List.of(1.0) : List.copyOf(ticks);
  }
}
