package org.shardmean.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.shardmean.data.VisibleText;
import org.shardmean.metrics.Residuals;
import org.shardmean.metrics.Residuals.Pair;

/**
 * How far a network's answers are from one target, in figures and drawn.
 *
 * @param number of the target, from 1
 */
record ResidualsView(int number, Residuals residuals, Texts t, Figures n) {
  /** Bins of the histogram. */
  private static final int BINS = 25;

  private static final int DIGITS = 4;

  String target() {
    return VisibleText.of(residuals.target());
  }

  /** The figures, in a line. */
  String inWords() {
    return t.text(
        "console.residualsOf",
        target(),
        n.measured(residuals.explained(), DIGITS),
        n.significant(residuals.rootMeanSquare(), DIGITS),
        n.significant(residuals.meanMagnitude(), DIGITS));
  }

  /** Whether the targets differ, so that there is an R². */
  boolean hasShare() {
    return Double.isFinite(residuals.explained());
  }

  /** Whether there are answers to be drawn. */
  boolean hasShown() {
    return !finite().isEmpty();
  }

  private List<Pair> finite() {
    return residuals.shown().stream()
        .filter(pair -> Double.isFinite(pair.target()) && Double.isFinite(pair.answer()))
        .toList();
  }

  /** Answers over targets, beside the line where both are equal. */
  Chart answers() {
    List<Pair> shown = finite();
    double[] all =
        shown.stream()
            .flatMapToDouble(pair -> DoubleStream.of(pair.target(), pair.answer()))
            .sorted()
            .toArray();
    Axis axis = Axis.covering(all[0], all[all.length - 1]);
    Chart.Scale scale = scale(axis);
    return Chart.of(
        new Chart.Words(
            "chart-answers-" + number,
            t.text("residuals.answers", target()),
            inWords(),
            t.text("residuals.actual"),
            (series, value) ->
                t.text(
                    "residuals.point",
                    n.significant(value.x(), DIGITS),
                    n.significant(value.y(), DIGITS))),
        scale,
        scale,
        List.of(
            new Chart.Series(
                "",
                "ideal",
                Chart.Look.LINE,
                List.of(
                    Chart.Value.at(axis.from(), axis.from()),
                    Chart.Value.at(axis.to(), axis.to()))),
            new Chart.Series(
                "",
                "reliability",
                Chart.Look.SQUARES,
                shown.stream()
                    .map(pair -> Chart.Value.at(pair.target(), pair.answer()))
                    .toList())));
  }

  /** How many residuals there are of each size. */
  Chart histogram() {
    double[] sizes =
        finite().stream().mapToDouble(pair -> pair.target() - pair.answer()).sorted().toArray();
    double from = sizes[0];
    double width = Math.max(Double.MIN_NORMAL, (sizes[sizes.length - 1] - from) / BINS);
    int[] counts = new int[BINS];
    for (double size : sizes) {
      counts[(int) Math.min(BINS - 1, Math.max(0, (size - from) / width))]++;
    }
    int most = IntStream.of(counts).max().orElse(1);
    return Chart.of(
        new Chart.Words(
            "chart-residuals-" + number,
            t.text("residuals.histogram", target()),
            inWords(),
            t.text("residuals.residual"),
            (series, value) ->
                t.text(
                    "residuals.bin",
                    n.significant(value.x(), DIGITS),
                    n.count(Math.round(value.y())))),
        scale(Axis.covering(from, sizes[sizes.length - 1])),
        Chart.Scale.of(Axis.covering(0, most), count -> n.count(Math.round(count))),
        List.of(new Chart.Series("", "validation", Chart.Look.SQUARES, bins(counts, from, width))));
  }

  private static List<Chart.Value> bins(int[] counts, double from, double width) {
    List<Chart.Value> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      bins.add(Chart.Value.at(from + (bin + 0.5) * width, counts[bin]));
    }
    return bins;
  }

  private Chart.Scale scale(Axis axis) {
    return Chart.Scale.of(
        axis, value -> Math.abs(value) >= 1e6 ? n.loss(value) : n.decimal(value, axis.decimals()));
  }
}
