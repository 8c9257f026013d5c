package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.experiment.statistics.ScalabilityFit;
import org.shardmean.experiment.statistics.TimeToAccuracy;

/**
 * Levels that differ in workers (or in cores) alone.
 *
 * @param name what they have in common
 * @param levels by workers, or cores, upwards
 * @param fit the Universal Scalability Law, on the levels where every worker had a core of its own
 */
public record Curve(String name, List<Level> levels, Optional<ScalabilityFit> fit) {
  public Curve {
    requireNonNull(name, "name");
    levels = List.copyOf(levels);
    requireNonNull(fit, "fit");
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
            curves.add(new Curve(name, levels, fit(grid, levels)));
          }
        });
    return curves;
  }

  public Level first() {
    return levels.get(0);
  }

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

  private static Optional<ScalabilityFit> fit(Grid grid, List<Level> levels) {
    List<Double> across = new ArrayList<>();
    List<Double> speed = new ArrayList<>();
    for (Level level : levels) {
      if (!level.isCrowded()) {
        for (PointRecord run : level.done()) {
          across.add((double) level.across());
          speed.add(run.imagesPerSecond());
        }
      }
    }
    return ScalabilityFit.of(
        across.stream().mapToDouble(Double::doubleValue).toArray(),
        speed.stream().mapToDouble(Double::doubleValue).toArray(),
        grid.orderSeed());
  }
}
