package org.shardmean.experiment;

import java.util.Map;
import java.util.TreeMap;

/**
 * What this cluster needs for the two things that training is made of.
 *
 * @param cores task slots
 * @param imageSeconds for each batch size, seconds that one core needs for an image while all cores
 *     are busy
 * @param emptyJobSeconds a Spark job with a task for each core that does nothing
 * @param roundSeconds the same with the state out and back, and the mean of what came back
 * @param meanSeconds of {@code roundSeconds}, what the driver's averaging takes
 * @param stateBytes of the state
 */
public record Calibration(
    int cores,
    Map<Integer, Double> imageSeconds,
    double emptyJobSeconds,
    double roundSeconds,
    double meanSeconds,
    int stateBytes) {
  public Calibration {
    imageSeconds = Map.copyOf(imageSeconds);
  }

  /** Seconds that moving the state of one worker out and back takes. */
  public double wireSecondsPerWorker() {
    return Math.max(0, roundSeconds - meanSeconds - emptyJobSeconds) / cores;
  }

  /** Seconds that a byte of state takes, out or back. */
  public double wireSecondsPerByte() {
    return wireSecondsPerWorker() / (2.0 * stateBytes);
  }

  public double meanSecondsPerWorker() {
    return meanSeconds / cores;
  }

  /** A round's cost beyond its local steps, for this many workers. */
  public double roundSeconds(int workers) {
    return emptyJobSeconds + workers * (wireSecondsPerWorker() + meanSecondsPerWorker());
  }

  /** Batch sizes upwards. */
  public TreeMap<Integer, Double> imageSecondsByBatch() {
    return new TreeMap<>(imageSeconds);
  }
}
