package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.shardmean.data.VisibleText;
import org.shardmean.experiment.statistics.Interval;
import org.shardmean.experiment.statistics.ScalabilityFit;
import org.shardmean.experiment.statistics.Spread;
import org.shardmean.report.Figures;
import org.shardmean.report.StackedBars;
import org.shardmean.run.TimeSplit;

/**
 * What the templates show of a grid.
 *
 * @param n how numbers are written
 */
record ScalingPage(ScalingResult result, List<Curve> curves, Figures n) {
  /** The parts of an epoch's time, as they are stacked. */
  static final List<String> TIME_PARTS = List.of("compute", "waiting", "sync", "evaluation");

  /** Grids of the history that are listed at most, the latest. */
  private static final int MOST_GRIDS = 20;

  ScalingPage {
    requireNonNull(result, "result");
    curves = List.copyOf(curves);
  }

  static ScalingPage of(ScalingResult result) {
    return new ScalingPage(result, result.curves(), new Figures(Locale.ENGLISH));
  }

  String name() {
    return VisibleText.of(result.grid().name());
  }

  String what() {
    return result.grid().variesCores() ? "cores" : "workers";
  }

  ScalingCharts charts() {
    return new ScalingCharts(curves, what(), n);
  }

  /**
   * The curve that the recommendation speaks of comes first in people's minds; this is its best.
   */
  List<Level> levels() {
    return curves.stream().flatMap(curve -> curve.levels().stream()).toList();
  }

  /** The highest median speedup there was. */
  double highestSpeedup() {
    return levels().stream().mapToDouble(level -> level.speedup().median()).max().orElse(1);
  }

  long done() {
    return result.now().points().size() - result.failed();
  }

  List<PointRecord> failedPoints() {
    return result.now().points().stream().filter(point -> !point.isDone()).toList();
  }

  StackedBars timeBars() {
    List<double[]> bars = new ArrayList<>();
    for (Level level : levels()) {
      TimeSplit time = level.time();
      bars.add(new double[] {time.compute(), time.waiting(), time.sync(), time.evaluation()});
    }
    return StackedBars.of(TIME_PARTS, bars);
  }

  List<PastGrid> trend() {
    List<PastGrid> all = result.trend();
    return all.subList(Math.max(0, all.size() - MOST_GRIDS), all.size());
  }

  double speedOf(PastGrid grid) {
    double[] speeds =
        grid.points().stream()
            .filter(PointRecord::isDone)
            .mapToDouble(PointRecord::imagesPerSecond)
            .toArray();
    return speeds.length == 0 ? Double.NaN : ScalingCharts.geometricMean(speeds);
  }

  double accuracyOf(PastGrid grid) {
    return grid.points().stream()
        .filter(PointRecord::isDone)
        .mapToDouble(PointRecord::finalAccuracy)
        .average()
        .orElse(Double.NaN);
  }

  String commit(PastGrid grid) {
    String commit = VisibleText.of(grid.commit());
    boolean dirty = commit.endsWith("-dirty");
    return commit.length() > 40 || commit.length() == 40
        ? commit.substring(0, 10) + (dirty ? "-dirty" : "")
        : commit;
  }

  String spread(Spread spread, int decimals) {
    return n.decimal(spread.median(), decimals)
        + (spread.most() > spread.least()
            ? " (%s–%s)"
                .formatted(n.decimal(spread.least(), decimals), n.decimal(spread.most(), decimals))
            : "");
  }

  String percents(Spread spread, int decimals) {
    return n.percent(spread.median(), decimals)
        + (spread.most() > spread.least()
            ? " (%s–%s)"
                .formatted(n.percent(spread.least(), decimals), n.percent(spread.most(), decimals))
            : "");
  }

  String toTarget(Level level) {
    return level.toTarget().isReached()
        ? "%s (%s–%s)"
            .formatted(
                n.seconds(level.toTarget().seconds()),
                n.seconds(level.toTarget().likely().low()),
                Double.isFinite(level.toTarget().likely().high())
                    ? n.seconds(level.toTarget().likely().high())
                    : "never")
        : "not reached";
  }

  String serialFraction(Level level) {
    return Double.isNaN(level.serialFraction()) ? "–" : n.percent(level.serialFraction(), 1);
  }

  /** The fitted law of a curve in a sentence. */
  String law(Curve curve) {
    if (curve.fit().isEmpty()) {
      return "Too few levels for a fit.";
    }
    ScalabilityFit fit = curve.fit().get();
    String parameters =
        "λ = %s images/s, σ = %s, κ = %s"
            .formatted(
                n.rounded(fit.law().lambda()),
                n.decimal(fit.law().sigma(), 4),
                n.decimal(fit.law().kappa(), 6));
    if (fit.law().peak().isEmpty()) {
      return parameters
          + (fit.law().sigma() >= 1
              ? "; more is slower"
              : fit.law().sigma() > 0
                  ? "; no best number, at most %s-fold"
                      .formatted(n.decimal(fit.law().highestSpeedup(), 1))
                  : "; no limit can be told")
          + (fit.levels() < 3 ? " (two levels: κ cannot be told)" : "");
    }
    Interval where = fit.peak();
    return "%s; fastest with %s %s (95%%: %s to %s)"
        .formatted(
            parameters,
            n.rounded(Math.floor(fit.law().peak().getAsDouble())),
            what(),
            n.rounded(where.low()),
            where.high() > 1e9 ? "no end" : n.rounded(where.high()));
  }
}
