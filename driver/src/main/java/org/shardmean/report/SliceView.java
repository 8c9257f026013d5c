package org.shardmean.report;

import java.util.List;
import org.shardmean.train.LossSlice;
import org.shardmean.train.LossSlice.Place;

/** Gradient descent on a slice of the run's own loss surface, with three learning rates. */
record SliceView(LossSlice slice, Texts t, Figures n) {
  private static final int DIGITS = 2;

  /** Rates that are too small, right, and too large, in this order. */
  List<Chart> charts() {
    return List.of(
        chart("small", slice.tooSmall(), t.text("slice.small", rate(slice.tooSmall()))),
        chart("right", slice.right(), t.text("slice.right", rate(slice.right()))),
        chart("large", slice.tooLarge(), t.text("slice.large", rate(slice.tooLarge()))));
  }

  private String rate(double rate) {
    return n.significant(rate, DIGITS);
  }

  private Chart chart(String name, double rate, String title) {
    List<Place> descent = slice.descent(rate);
    double highest = slice.losses().stream().mapToDouble(Double::doubleValue).max().orElse(1);
    double lowest = slice.losses().stream().mapToDouble(Double::doubleValue).min().orElse(0);
    Axis up = Axis.covering(lowest, highest);
    Axis across = Axis.covering(0, slice.to());
    List<Double> ticks = across.ticks().stream().filter(tick -> tick <= slice.to()).toList();
    Chart.Words words =
        new Chart.Words(
            "chart-slice-" + name,
            title,
            said(descent),
            t.text("slice.across"),
            (series, value) -> label(descent, value));
    return Chart.of(
        words,
        new Chart.Scale(
            slice.from(), slice.to(), ticks, value -> n.decimal(value, across.decimals())),
        Chart.Scale.of(up, value -> n.decimal(value, up.decimals())),
        List.of(
            series("c3", Chart.Look.LINE, slice.places()),
            series("training", Chart.Look.DOTS, descent)));
  }

  private String label(List<Place> descent, Chart.Value value) {
    int step = 0;
    while (descent.get(step).at() != value.x()) {
      step++;
    }
    return t.text("slice.dot", step, n.loss(value.y()));
  }

  private static Chart.Series series(String style, Chart.Look look, List<Place> places) {
    return new Chart.Series(
        "",
        style,
        look,
        places.stream().map(place -> Chart.Value.at(place.at(), place.loss())).toList());
  }

  /** How a descent ends, in words. */
  private String said(List<Place> descent) {
    String first = n.loss(descent.get(0).loss());
    String last = n.loss(descent.get(descent.size() - 1).loss());
    int steps = descent.size() - 1;
    return slice.stays(descent)
        ? t.text("slice.stays", first, last, steps)
        : t.text("slice.leaves", first, last, steps);
  }
}
