package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RunStatus;
import org.shardmean.train.TrainingState;

/**
 * What a training came to.
 *
 * @param status how it ended
 * @param problem what went wrong, in a line, where something did
 * @param state the state to keep: the last epoch's, or with patience the best epoch's, or the last
 *     good one before a divergence
 * @param epochs what each completed epoch did
 */
public record TrainingOutcome(
    RunStatus status, Optional<String> problem, TrainingState state, List<EpochRecord> epochs) {
  public TrainingOutcome {
    requireNonNull(status, "status");
    requireNonNull(problem, "problem");
    requireNonNull(state, "state");
    epochs = List.copyOf(epochs);
  }
}
