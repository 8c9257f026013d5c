package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.shardmean.data.Seeds;
import org.shardmean.experiment.GridPoint.Setup;

/**
 * What an experiment runs: every setup with every seed.
 *
 * @param name of the experiment, by which its grids are compared over time
 * @param setups in the order of the grid's file, at least one
 * @param seeds of the runs, at least one
 * @param repeats of each setup and seed
 * @param orderSeed from which the order of the points is drawn
 * @param targetAccuracy for time to accuracy, 0 to 1; NaN where the file names none
 * @param isWeak whether each worker gets equally many images, however many workers there are
 * @param mayDiverge whether a run that diverges is a result, rather than a failure
 */
public record Grid(
    String name,
    List<Setup> setups,
    List<Long> seeds,
    int repeats,
    long orderSeed,
    double targetAccuracy,
    boolean isWeak,
    boolean mayDiverge) {
  public Grid {
    requireNonNull(name, "name");
    setups = List.copyOf(setups);
    seeds = List.copyOf(seeds);
    if (setups.isEmpty() || seeds.isEmpty() || repeats < 1) {
      throw new IllegalArgumentException(
          "a grid needs a setup, a seed and a repeat, found %d, %d and %d"
              .formatted(setups.size(), seeds.size(), repeats));
    }
  }

  /** All points: setup by setup, in each seed by seed. */
  public List<GridPoint> points() {
    List<GridPoint> points = new ArrayList<>();
    for (Setup setup : setups) {
      for (long seed : seeds) {
        for (int repeat = 1; repeat <= repeats; repeat++) {
          points.add(new GridPoint(setup, seed, repeat));
        }
      }
    }
    return points;
  }

  /**
   * All points, shuffled by the order's seed, so that what changes while the grid runs (heat, other
   * people's jobs) affects no setup more than another. Points of equally many cores stay together,
   * because they share an application.
   */
  public List<GridPoint> inRandomOrder() {
    List<Integer> cores = setups.stream().map(Setup::cores).distinct().toList();
    List<GridPoint> shuffled = new ArrayList<>();
    for (int c : Seeds.permutation(cores.size(), generator(0))) {
      List<GridPoint> together =
          points().stream().filter(point -> point.setup().cores() == cores.get(c)).toList();
      for (int i : Seeds.permutation(together.size(), generator(1 + c))) {
        shuffled.add(together.get(i));
      }
    }
    return shuffled;
  }

  /** What varies along the curves: cores where they vary and the file lists no workers. */
  public boolean variesCores() {
    return setups.stream().map(Setup::cores).distinct().count() > 1
        && setups.stream().noneMatch(setup -> setup.varied().containsKey("workers"));
  }

  /** Where a setup lies along its curve: its workers, or its cores where those vary. */
  public int across(Setup setup) {
    return variesCores() ? setup.cores() : setup.workers();
  }

  /**
   * The curve that a setup belongs to: what it has beside the workers, or the cores, that vary
   * along the curve. Setups of the same curve have the same name here.
   */
  public String curveOf(Setup setup) {
    List<String> parts = new ArrayList<>();
    if (!setup.variant().isEmpty()) {
      parts.add(setup.variant());
    }
    setup
        .varied()
        .forEach(
            (setting, value) -> {
              if (!setting.equals("workers")) {
                parts.add(setting + " " + value);
              }
            });
    if (setup.cores() > 0 && !variesCores()) {
      parts.add("cores " + setup.cores());
    }
    return parts.isEmpty() ? "measured" : String.join(", ", parts);
  }

  private SplittableRandom generator(int index) {
    return Seeds.generator(orderSeed, Seeds.Purpose.EXPERIMENT, 0, index);
  }
}
