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

/**
 * The charts of a grid's report.
 *
 * @param curves those that are drawn, at most {@link #MOST_CURVES}
 * @param across what varies, for the horizontal axis
 * @param n how numbers are written
 */
record GridCharts(List<Curve> curves, String across, Figures n) {
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
            "ideal",
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
        "Speedup (dashed: by the model, with a core for each worker; dotted: ideal)",
        Axis.covering(0, Math.max(highest, end() / first)),
        last,
        series,
        v -> n.decimal(v, 1));
  }

  Chart efficiency() {
    List<Series> series = new ArrayList<>(measured(Level::efficiency));
    return chart(
        "efficiency",
        "Efficiency: speedup over " + across,
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
        "Accuracy after equally many epochs",
        axis,
        end(),
        series,
        v -> n.percent(v, Math.max(0, axis.decimals() - 2)));
  }

  /** Overlaid curves over the epochs, each the mean over the runs of a setup. */
  static Chart learning(
      String id,
      String title,
      List<SetupLearning> setups,
      Function<PointRecord, List<Double>> figure,
      boolean isShare,
      Figures n) {
    List<Series> series = new ArrayList<>();
    for (int s = 0; s < setups.size(); s++) {
      List<Double> means = setups.get(s).mean(figure);
      List<Value> values = new ArrayList<>();
      for (int e = 0; e < means.size(); e++) {
        values.add(Value.at(e + 1.0, means.get(e)));
      }
      series.add(new Series(setups.get(s).setup().inWords(), "c" + s, look(s), values));
    }
    double[] finite =
        series.stream()
            .flatMap(one -> one.values().stream())
            .mapToDouble(Value::y)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    double lowest = finite.length == 0 || !isShare ? 0 : finite[0];
    double highest = finite.length == 0 ? 1 : highestShown(finite, isShare);
    int epochs = series.stream().mapToInt(one -> one.values().size()).max().orElse(1);
    double top = Math.max(highest, lowest + 1e-3);
    Axis axis = isShare ? Axis.ofShares(lowest, top) : Axis.covering(lowest, top);
    int decimals = isShare ? Math.max(0, axis.decimals() - 2) : axis.decimals();
    DoubleFunction<String> written =
        value -> isShare ? n.percent(value, decimals) : n.decimal(value, decimals);
    return Chart.of(
        new Chart.Words(
            "chart-" + id,
            title,
            description(series, isShare, n),
            "epoch",
            (one, value) ->
                "%s, epoch %d: %s"
                    .formatted(
                        one.name(),
                        Math.round(value.x()),
                        isShare ? n.percent(value.y()) : n.loss(value.y()))),
        Chart.Scale.ofEpochs(Math.max(1, epochs)),
        Chart.Scale.of(axis, written),
        series);
  }

  /** A loss that is far above the others would flatten them: it is drawn at the edge. */
  private static double highestShown(double[] sorted, boolean isShare) {
    double highest = sorted[sorted.length - 1];
    double most = sorted[(int) (0.9 * (sorted.length - 1))] * 2;
    return isShare ? highest : Math.min(highest, Math.max(most, 1e-3));
  }

  private static String description(List<Series> series, boolean isShare, Figures n) {
    List<String> parts = new ArrayList<>();
    for (Series one : series) {
      if (!one.values().isEmpty()) {
        double first = one.values().get(0).y();
        double last = one.values().get(one.values().size() - 1).y();
        parts.add(
            "%s: %s after epoch 1, %s after epoch %d"
                .formatted(
                    one.name(),
                    isShare ? n.percent(first) : n.loss(first),
                    isShare ? n.percent(last) : n.loss(last),
                    one.values().size()));
      }
    }
    return parts.isEmpty() ? "No run ended an epoch." : String.join("; ", parts);
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
        "Seconds to the target accuracy",
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
    List<Series> series = List.of(new Series("grid", "c0", Look.DOTS, values));
    return chart(
        "trend",
        "Images a second, geometric mean of all points",
        "grid",
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
        id, title, across, vertical, Chart.Scale.ofNumbers(ticks(), last), series, written);
  }

  private static Chart chart(
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

  private static String label(
      Series series, Value value, String across, DoubleFunction<String> written) {
    String spread =
        value.high() > value.low()
            ? " (" + written.apply(value.low()) + " to " + written.apply(value.high()) + ")"
            : "";
    return "%s, %s %d: %s%s"
        .formatted(series.name(), across, Math.round(value.x()), written.apply(value.y()), spread);
  }

  /** Every second curve has squares, so that curves differ without their colours too. */
  private static Look look(int curve) {
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
