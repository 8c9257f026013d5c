package org.shardmean.run;

import static java.util.Objects.requireNonNull;

import org.shardmean.average.Drift;
import org.shardmean.metrics.TrainingScore;

/**
 * What one round did.
 *
 * @param epoch from 1
 * @param round from 1, within the epoch
 * @param score what the workers saw while training, merged in order of worker
 * @param time where the round's time went; no evaluation
 * @param bytesOut bytes of state that the driver handed to the workers, all together
 * @param bytesBack bytes of state that came back to the driver, all together
 * @param drift how far the workers had moved apart
 */
public record RoundRecord(
    int epoch,
    int round,
    TrainingScore score,
    TimeSplit time,
    long bytesOut,
    long bytesBack,
    Drift drift) {
  public RoundRecord {
    requireNonNull(score, "score");
    requireNonNull(time, "time");
    requireNonNull(drift, "drift");
  }
}
