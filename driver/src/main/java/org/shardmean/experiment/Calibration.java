package org.shardmean.experiment;

import java.util.Map;
import java.util.TreeMap;
import org.shardmean.run.RunConfig;

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
    int stateBytes)
    implements EpochCosts {
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

  /**
   * A round's cost beyond its local steps.
   *
   * @param tasks that take the state and give one sum back: as many as there are workers, and no
   *     more than task slots
   */
  public double roundSeconds(int tasks) {
    return emptyJobSeconds + tasks * (wireSecondsPerWorker() + meanSecondsPerWorker());
  }

  /**
   * {@inheritDoc}
   *
   * <p>A core trains its workers one after another: {@code images / K * ceil(K / cores) * seconds
   * an image + rounds * a round}.
   */
  @Override
  public Cost of(RunConfig config, int slots, long images) {
    int workers = config.averaging().workers();
    int batch = config.local().batchSize();
    if (!imageSeconds.containsKey(batch)) {
      return Cost.unknown("batches of %d were not measured".formatted(batch));
    }
    int turns = (workers + slots - 1) / slots;
    return Cost.of(
        (double) images / workers * turns * imageSeconds.get(batch)
            + config.averaging().roundsPerEpoch() * roundSeconds(Math.min(workers, slots)));
  }

  /** Batch sizes upwards. */
  public TreeMap<Integer, Double> imageSecondsByBatch() {
    return new TreeMap<>(imageSeconds);
  }
}
