package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A grid from beginning to end: what {@code scaling.json} and the report are made from.
 *
 * @param grid what was run
 * @param now the grid as the history keeps it
 * @param place where it ran, in words
 * @param calibration of the cluster, before the first point
 * @param pricePerCoreHour in whatever money; 0 for none
 * @param history earlier grids of the same name, the oldest first
 * @param baseline what it is compared with; one of the history
 * @param verdict of that comparison
 */
public record ScalingResult(
    Grid grid,
    PastGrid now,
    String place,
    Calibration calibration,
    double pricePerCoreHour,
    List<PastGrid> history,
    Optional<PastGrid> baseline,
    Optional<RegressionGate.Verdict> verdict) {
  public ScalingResult {
    requireNonNull(grid, "grid");
    requireNonNull(now, "now");
    requireNonNull(place, "place");
    requireNonNull(calibration, "calibration");
    history = List.copyOf(history);
    requireNonNull(baseline, "baseline");
    requireNonNull(verdict, "verdict");
  }

  /** Compares with the baseline, if there is one. */
  public static ScalingResult of(
      Grid grid,
      PastGrid now,
      String place,
      Calibration calibration,
      double pricePerCoreHour,
      List<PastGrid> history,
      Optional<PastGrid> baseline) {
    return new ScalingResult(
        grid,
        now,
        place,
        calibration,
        pricePerCoreHour,
        history,
        baseline,
        baseline.map(before -> RegressionGate.DEFAULT.compare(before, history, now)));
  }

  public List<Curve> curves() {
    return Curve.of(grid, now.points());
  }

  public List<ClusterModel> models() {
    return ClusterModel.of(now.points());
  }

  public String recommendation() {
    List<Recommendation.Option> options = new ArrayList<>();
    List<Curve> curves = curves();
    for (Curve curve : curves) {
      String name = curves.size() > 1 ? curve.name() : "";
      curve.levels().forEach(level -> options.add(level.option(name, grid.targetAccuracy())));
    }
    return Recommendation.of(options, grid.variesCores() ? "core" : "worker").sentence();
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

  public long failed() {
    return now.points().stream().filter(point -> !point.isDone()).count();
  }

  public boolean isWorse() {
    return verdict.isPresent() && verdict.get().worse();
  }
}
