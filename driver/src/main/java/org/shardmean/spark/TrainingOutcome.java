package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RunStatus;
import org.shardmean.train.TrainingState;

/**
 * How a training ended.
 *
 * @param status how it ended
 * @param problem what went wrong, in a line, where something did
 * @param state the state to keep: after the last completed epoch, or with patience after the best;
 *     the start when no epoch was completed
 * @param keptEpoch the epoch that ended with this state, from 1; 0 for the start
 * @param epochs what each completed epoch did
 */
public record TrainingOutcome(
    RunStatus status,
    Optional<String> problem,
    TrainingState state,
    int keptEpoch,
    List<EpochRecord> epochs) {
  public TrainingOutcome {
    requireNonNull(status, "status");
    requireNonNull(problem, "problem");
    requireNonNull(state, "state");
    epochs = List.copyOf(epochs);
  }
}
