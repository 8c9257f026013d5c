package org.shardmean.experiment.statistics;

/**
 * A round, measured or planned.
 *
 * @param imagesPerWorker that each worker trains on in the round
 * @param workers logical workers
 * @param cores task slots; more workers than these take turns
 * @param bytes of state that cross the driver's link, out and back
 */
public record Round(double imagesPerWorker, int workers, int cores, double bytes) {
  public Round {
    if (!(imagesPerWorker > 0 && workers > 0 && cores > 0 && bytes >= 0)) {
      throw new IllegalArgumentException(
          "a round needs images, workers and cores above 0 and bytes of at least 0, found %s, %d, %d and %s"
              .formatted(imagesPerWorker, workers, cores, bytes));
    }
  }

  /** Images that the busiest core works through. */
  double imagesPerCore() {
    return imagesPerWorker * (1 + (workers - 1) / cores);
  }

  /** How many of the workers train at the same time. */
  public int atOnce() {
    return Math.min(workers, cores);
  }
}
