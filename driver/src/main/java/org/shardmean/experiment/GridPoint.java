package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import org.shardmean.train.EngineKind;

/**
 * One run of a grid.
 *
 * @param setup what is run
 * @param seed of the run
 * @param repeat from 1: the same setup and seed again
 */
public record GridPoint(Setup setup, long seed, int repeat) {
  public GridPoint {
    requireNonNull(setup, "setup");
  }

  /**
   * What is run, whatever the seed.
   *
   * @param cores task slots; 0 for as many as the cluster has
   * @param workers logical workers, K
   * @param data as {@code --data} takes it
   */
  public record Setup(
      int cores, int workers, int roundsPerEpoch, int batchSize, EngineKind engine, String data) {
    public Setup {
      requireNonNull(engine, "engine");
      requireNonNull(data, "data");
    }

    /** Unique in a grid, and fit for a file's name. */
    public String id() {
      return "k%d-r%d-b%d-%s-%s%s"
          .formatted(
              workers,
              roundsPerEpoch,
              batchSize,
              engine.name().toLowerCase(Locale.ROOT),
              data.replaceAll("[^A-Za-z0-9]+", "-"),
              cores > 0 ? "-c" + cores : "");
    }
  }

  /** Unique in a grid, and fit for a file's name. */
  public String id() {
    return setup.id() + "-s" + seed + (repeat > 1 ? "-" + repeat : "");
  }

  @Override
  public String toString() {
    return id();
  }
}
