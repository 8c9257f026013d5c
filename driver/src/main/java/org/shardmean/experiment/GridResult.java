package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shardmean.report.Texts;
import org.shardmean.run.Environment;
import org.shardmean.run.Language;
import org.shardmean.run.RunDirectory;

/**
 * A grid from beginning to end: what {@code grid.json} and the report are made from. Every view is
 * of the same points.
 *
 * @param grid what was run
 * @param now the grid as the history keeps it
 * @param environment where it ran
 * @param calibration of the cluster, before the first point
 * @param pricePerCoreHour in any currency; 0 where none was given
 * @param history earlier grids of the same name, the oldest first
 * @param baseline what it is compared with; one of the history
 * @param verdict of that comparison
 */
public record GridResult(
    Grid grid,
    PastGrid now,
    Environment environment,
    Calibration calibration,
    double pricePerCoreHour,
    List<PastGrid> history,
    Optional<PastGrid> baseline,
    Optional<RegressionGate.Verdict> verdict) {
  public GridResult {
    requireNonNull(grid, "grid");
    requireNonNull(now, "now");
    requireNonNull(environment, "environment");
    requireNonNull(calibration, "calibration");
    history = List.copyOf(history);
    requireNonNull(baseline, "baseline");
    requireNonNull(verdict, "verdict");
  }

  /** Compares with the baseline, if there is one. */
  public static GridResult of(
      Grid grid,
      PastGrid now,
      Environment environment,
      Calibration calibration,
      double pricePerCoreHour,
      List<PastGrid> history,
      Optional<PastGrid> baseline) {
    return new GridResult(
        grid,
        now,
        environment,
        calibration,
        pricePerCoreHour,
        history,
        baseline,
        baseline.map(before -> RegressionGate.DEFAULT.compare(before, history, now)));
  }

  /**
   * Writes all files of the grid as a whole, {@code grid.json} last: whoever finds it finds the
   * rest.
   *
   * @param language of the report; {@code grid.json} is in English
   */
  public void writeTo(RunDirectory directory, Language language) throws IOException {
    directory.write(
        GridDirectory.CSV, PointsCsv.write(points(), grid.targetAccuracy(), pricePerCoreHour));
    directory.write(GridDirectory.REPORT, GridReport.render(this, language));
    directory.write(GridDirectory.JSON, GridJson.write(this));
  }

  /** Where the grid ran, in words. */
  public String place(Texts t) {
    String slots = t.counted("console.countSlots", environment.cores());
    String where =
        environment.executors() > 0
            ? t.counted("said.placeOf", environment.executors(), environment.master(), slots)
            : t.text("said.place", environment.master(), slots);
    return t.list(List.of(where, environment.processor(), environment.java(), environment.os()));
  }

  /** What varies along the curves. */
  public Across across() {
    return grid.variesCores() ? Across.CORES : Across.WORKERS;
  }

  public List<PointRecord> points() {
    return now.points();
  }

  /** Points that failed, and those that diverged where the grid's file does not expect it. */
  public List<PointRecord> failed() {
    return points().stream()
        .filter(point -> !point.isDone() && !(point.isDiverged() && grid.mayDiverge()))
        .toList();
  }

  /** Points that diverged where the grid's file expects it. */
  public List<PointRecord> diverged() {
    return points().stream().filter(point -> point.isDiverged() && grid.mayDiverge()).toList();
  }

  /** How each setup learned, in the grid's order. */
  public List<SetupLearning> learning() {
    return SetupLearning.of(grid, points());
  }

  public boolean isWorse() {
    return verdict.isPresent() && verdict.get().worse();
  }

  public List<Curve> curves() {
    return Curve.of(grid, points());
  }

  /** All places on all curves. */
  public List<Level> levels() {
    return curves().stream().flatMap(curve -> curve.levels().stream()).toList();
  }

  public Recommendation recommendation() {
    List<Curve> curves = curves();
    List<Recommendation.Option> options = new ArrayList<>();
    for (Curve curve : curves) {
      String name = curves.size() > 1 ? curve.name() : "";
      curve.levels().forEach(level -> options.add(level.option(name, grid.targetAccuracy())));
    }
    return Recommendation.of(options, across());
  }

  public List<ClusterModel> models() {
    return ClusterModel.of(points());
  }

  public List<Bottleneck> bottlenecks() {
    return curves().stream()
        .flatMap(curve -> Bottleneck.of(curve, grid.isWeak(), calibration).stream())
        .toList();
  }

  /** The history with this grid at its end. */
  public List<PastGrid> trend() {
    List<PastGrid> all = new ArrayList<>(history);
    all.removeIf(past -> past.started().equals(now.started()));
    all.add(now);
    return all;
  }

  /** What the points say, the most important first, each in a sentence or two. */
  public List<String> conclusions(Texts t) {
    return new Conclusions(t).of(this);
  }

  /** The questions that the points cannot answer, each with the reason. */
  public List<String> unanswered(Texts t) {
    return new Unanswered(t).of(this);
  }

  List<SetupAccuracy> accuracy() {
    return SetupAccuracy.of(grid, points());
  }
}
