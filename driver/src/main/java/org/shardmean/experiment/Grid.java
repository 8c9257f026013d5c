package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.shardmean.data.Seeds;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.train.EngineKind;

/**
 * Every combination of what is to be varied.
 *
 * @param name of the experiment, by which its grids are compared over time
 * @param cores task slots; a single 0 for as many as the cluster has
 * @param workers logical workers
 * @param data as {@code --data} takes it; for weak scaling, empty
 * @param imagesPerWorker for weak scaling: so many generated digits for each worker; else 0
 * @param seeds of the runs
 * @param repeats of each combination and seed
 * @param orderSeed what the order of the points is drawn from
 * @param targetAccuracy for time to accuracy, 0 to 1
 */
public record Grid(
    String name,
    List<Integer> cores,
    List<Integer> workers,
    List<Integer> roundsPerEpoch,
    List<Integer> batchSizes,
    List<EngineKind> engines,
    List<String> data,
    int imagesPerWorker,
    List<Long> seeds,
    int repeats,
    long orderSeed,
    double targetAccuracy) {
  public Grid {
    requireNonNull(name, "name");
    cores = List.copyOf(cores);
    workers = List.copyOf(workers);
    roundsPerEpoch = List.copyOf(roundsPerEpoch);
    batchSizes = List.copyOf(batchSizes);
    engines = List.copyOf(engines);
    data = List.copyOf(data);
    seeds = List.copyOf(seeds);
  }

  public boolean isWeak() {
    return imagesPerWorker > 0;
  }

  /** What varies along the curves: cores where there is one number of workers, else workers. */
  public boolean variesCores() {
    return workers.size() == 1 && cores.size() > 1;
  }

  /** All points, in the order they are written in the file. */
  public List<GridPoint> points() {
    List<GridPoint> points = new ArrayList<>();
    for (Setup setup : setups()) {
      for (long seed : seeds) {
        for (int repeat = 1; repeat <= repeats; repeat++) {
          points.add(new GridPoint(setup, seed, repeat));
        }
      }
    }
    return points;
  }

  /**
   * All points, shuffled by the order's seed, so that what drifts while the grid runs (heat, other
   * people's jobs) falls on no setup more than on another. Points of equally many cores stay
   * together, because they share an application.
   */
  public List<GridPoint> inRandomOrder() {
    List<GridPoint> points = points();
    List<GridPoint> shuffled = new ArrayList<>();
    for (int c : Seeds.permutation(cores.size(), generator(0))) {
      List<GridPoint> together =
          points.stream().filter(point -> point.setup().cores() == cores.get(c)).toList();
      for (int i : Seeds.permutation(together.size(), generator(1 + c))) {
        shuffled.add(together.get(i));
      }
    }
    return shuffled;
  }

  public List<Setup> setups() {
    List<Setup> setups = new ArrayList<>();
    for (int slots : cores) {
      for (int k : workers) {
        for (int rounds : roundsPerEpoch) {
          for (int batch : batchSizes) {
            for (EngineKind engine : engines) {
              for (String images : dataFor(k)) {
                setups.add(new Setup(slots, k, rounds, batch, engine, images));
              }
            }
          }
        }
      }
    }
    return setups;
  }

  private List<String> dataFor(int workerCount) {
    return isWeak()
        ? List.of("generated:" + Math.multiplyExact(imagesPerWorker, workerCount))
        : data;
  }

  private SplittableRandom generator(int index) {
    return Seeds.generator(orderSeed, Seeds.Purpose.EXPERIMENT, 0, index);
  }
}
