package org.shardmean.train;

import static java.util.Objects.requireNonNull;

import org.shardmean.metrics.TrainingScore;

/**
 * What a worker brings back from a round.
 *
 * @param state where its training stands
 * @param score what it saw while training; its examples are the worker's weight in the mean
 * @param steps local steps done in this round
 * @param seconds spent in local steps
 */
public record LocalResult(TrainingState state, TrainingScore score, int steps, double seconds) {
  public LocalResult {
    requireNonNull(state, "state");
    requireNonNull(score, "score");
  }
}
