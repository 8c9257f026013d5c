package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.experiment.statistics.Interval;
import org.shardmean.experiment.statistics.RoundTimeModel.Prediction;
import org.shardmean.experiment.statistics.RoundTimeModel.Wire;
import org.shardmean.experiment.statistics.TimeToAccuracy;

/**
 * Levels that differ in workers (or in cores) alone.
 *
 * @param name what they have in common
 * @param levels by workers, or cores, upwards
 * @param expected what the model of a round's time says, to twice the last level; empty where the
 *     grid has too few setups for a model
 */
public record Curve(String name, List<Level> levels, List<Expected> expected) {
  /** How far beyond the last level the model is asked. */
  private static final int BEYOND = 2;

  private static final int MOST_EXPECTED = 64;

  /**
   * A number of workers, or of cores, as the model sees it where every worker has a core.
   *
   * @param speedup over the first level
   * @param likely where nine of ten runs lie
   */
  public record Expected(int across, double speedup, Interval likely) {
    public Expected {
      requireNonNull(likely, "likely");
    }
  }

  public Curve {
    requireNonNull(name, "name");
    levels = List.copyOf(levels);
    expected = List.copyOf(expected);
  }

  /**
   * All curves of a grid, in the order of its setups. Setups without a finished run are left out.
   */
  public static List<Curve> of(Grid grid, List<PointRecord> records) {
    Map<String, List<Setup>> byName = new LinkedHashMap<>();
    for (Setup setup : grid.setups()) {
      byName.computeIfAbsent(grid.curveOf(setup), none -> new ArrayList<>()).add(setup);
    }
    List<Curve> curves = new ArrayList<>();
    byName.forEach(
        (name, setups) -> {
          List<Level> levels = levels(grid, setups, records);
          if (!levels.isEmpty()) {
            curves.add(new Curve(name, levels, expected(grid, levels, records)));
          }
        });
    return curves;
  }

  /** The level of the fewest workers or cores. */
  public Level first() {
    return levels.get(0);
  }

  /** The level of the most workers or cores. */
  public Level last() {
    return levels.get(levels.size() - 1);
  }

  private static List<Level> levels(Grid grid, List<Setup> setups, List<PointRecord> records) {
    List<Level> levels = new ArrayList<>();
    for (Setup setup : setups.stream().sorted(Comparator.comparingInt(grid::across)).toList()) {
      List<PointRecord> runs =
          records.stream().filter(record -> record.point().setup().equals(setup)).toList();
      List<PointRecord> done = runs.stream().filter(PointRecord::isDone).toList();
      if (!done.isEmpty()) {
        int across = grid.across(setup);
        Level alone =
            new Level(
                setup, across, done, runs.size() - done.size(), 1, across, toTarget(grid, runs));
        Level first = levels.isEmpty() ? alone : levels.get(0);
        double base = first.spread(PointRecord::imagesPerSecond).median();
        levels.add(
            new Level(setup, across, done, alone.failed(), base, first.across(), alone.toTarget()));
      }
    }
    return levels;
  }

  private static TimeToAccuracy toTarget(Grid grid, List<PointRecord> runs) {
    return TimeToAccuracy.of(runs.stream().map(run -> run.runTo(grid.targetAccuracy())).toList());
  }

  /** The fastest that the model knows; none where the last is the fastest, or without a model. */
  public Optional<Expected> fastest() {
    return expected.stream()
        .max(Comparator.comparingDouble(Expected::speedup))
        .filter(one -> one.across() < expected.get(expected.size() - 1).across());
  }

  private static List<Expected> expected(Grid grid, List<Level> levels, List<PointRecord> records) {
    Level first = levels.get(0);
    int last = levels.get(levels.size() - 1).across() * BEYOND;
    int step = Math.max(1, (last - first.across()) / MOST_EXPECTED);
    return ClusterModel.of(records, first.setup()).stream()
        .flatMap(
            model -> {
              double base = epoch(grid, model, first, first.across()).seconds();
              return IntStream.iterate(first.across(), at -> at <= last, at -> at + step)
                  .mapToObj(at -> expected(grid, model, first, at, base));
            })
        .toList();
  }

  private static Expected expected(
      Grid grid, ClusterModel model, Level first, int across, double base) {
    Prediction epoch = epoch(grid, model, first, across);
    double work = grid.isWeak() ? base * across / first.across() : base;
    return new Expected(
        across,
        work / epoch.seconds(),
        new Interval(work / epoch.likely().high(), work / epoch.likely().low()));
  }

  private static Prediction epoch(Grid grid, ClusterModel model, Level first, int across) {
    long images = first.done().get(0).trainExamples();
    return model.epoch(
        grid.variesCores() ? first.setup().workers() : across,
        grid.variesCores() ? across : Math.max(across, first.cores()),
        first.setup().roundsPerEpoch(),
        grid.isWeak() ? images * across / first.across() : images,
        Wire.AS_MEASURED);
  }
}
