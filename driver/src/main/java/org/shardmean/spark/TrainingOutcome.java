package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.Progress;
import org.shardmean.run.RunStatus;

/**
 * How a training ended.
 *
 * @param status how it ended
 * @param problem what went wrong, in a line, where something did
 * @param parameters those to keep, a view: after the last completed epoch, or with patience after
 *     the best; the start's when no epoch was completed
 * @param keptEpoch the epoch that ended with them, from 1; 0 for the start
 * @param epochs what each completed epoch did
 */
public record TrainingOutcome(
    RunStatus status,
    Optional<String> problem,
    float[] parameters,
    int keptEpoch,
    List<EpochRecord> epochs) {
  public TrainingOutcome {
    requireNonNull(status, "status");
    requireNonNull(problem, "problem");
    requireNonNull(parameters, "parameters");
    epochs = List.copyOf(epochs);
  }

  /** Ended well, after all epochs or when patience ran out. */
  static TrainingOutcome ended(Progress last, int patience) {
    boolean early = last.stopping(patience).isDue();
    return of(
        early ? RunStatus.STOPPED_EARLY : RunStatus.COMPLETED, Optional.empty(), last, patience);
  }

  /** Ended by a problem. */
  static TrainingOutcome stopped(RunStatus status, String problem, Progress last, int patience) {
    return of(status, Optional.of(problem), last, patience);
  }

  private static TrainingOutcome of(
      RunStatus status, Optional<String> problem, Progress last, int patience) {
    return new TrainingOutcome(
        status, problem, last.kept(), last.stopping(patience).keptEpoch(), last.epochs());
  }
}
