package org.shardmean.experiment;

import java.util.Map;
import java.util.TreeMap;
import org.shardmean.run.RunConfig;

/**
 * What this cluster needs for the two things that training is made of.
 *
 * @param executors that the state is sent to, each once; 1 where the driver itself computes
 * @param cores task slots, each with a task that sends one state back
 * @param imageSeconds for each batch size, seconds that one core needs for an image while all cores
 *     are busy
 * @param emptyJobSeconds a Spark job with a task for each core that does nothing
 * @param roundSeconds the same with the state out and back, and the mean of what came back
 * @param meanSeconds of {@code roundSeconds}, what the driver's averaging takes
 * @param stateBytes of a state on the wire, out or back, on average
 */
public record Calibration(
    int executors,
    int cores,
    Map<Integer, Double> imageSeconds,
    double emptyJobSeconds,
    double roundSeconds,
    double meanSeconds,
    int stateBytes)
    implements EpochCosts {
  public Calibration {
    if (executors < 1 || cores < 1) {
      throw new IllegalArgumentException(
          "a calibration needs at least 1 executor and 1 task slot, found %d and %d"
              .formatted(executors, cores));
    }
    imageSeconds = Map.copyOf(imageSeconds);
  }

  /**
   * Seconds that a byte of state takes, out or back. In a round the state goes out once to each
   * executor, and one partial sum comes back from each task.
   */
  public double wireSecondsPerByte() {
    double wire = Math.max(0, roundSeconds - meanSeconds - emptyJobSeconds);
    return wire / ((double) stateBytes * (executors + cores));
  }

  /** Seconds that the driver takes for each partial sum. */
  public double meanSecondsPerTask() {
    return meanSeconds / cores;
  }

  /**
   * A round's cost beyond its local steps.
   *
   * @param tasks that take the state and give one sum back: as many as there are workers, and no
   *     more than task slots
   */
  public double roundSeconds(int tasks) {
    double states = Math.min(executors, tasks) + tasks;
    return emptyJobSeconds
        + states * stateBytes * wireSecondsPerByte()
        + tasks * meanSecondsPerTask();
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
      return Cost.unknown(t -> t.text("said.batchUnknown", batch));
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
