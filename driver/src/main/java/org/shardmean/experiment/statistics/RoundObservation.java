package org.shardmean.experiment.statistics;

/**
 * A measured round, or the mean of a run's.
 *
 * @param imagesPerWorker that each worker trains on in the round
 * @param workers logical workers
 * @param cores task slots there were; more workers than these take turns
 * @param bytesPerWorker of state, out and back
 * @param seconds it took, above 0
 */
public record RoundObservation(
    double imagesPerWorker, int workers, int cores, double bytesPerWorker, double seconds) {
  public RoundObservation {
    if (!(imagesPerWorker > 0 && workers > 0 && cores > 0 && seconds > 0)) {
      throw new IllegalArgumentException(
          "a round needs images, workers, cores and seconds above 0, found %s, %d, %d and %s"
              .formatted(imagesPerWorker, workers, cores, seconds));
    }
  }

  /** Images that one core works through in the round. */
  double imagesPerCore() {
    return imagesPerWorker * turns(workers, cores);
  }

  static int turns(int workers, int cores) {
    return (workers + cores - 1) / cores;
  }
}
