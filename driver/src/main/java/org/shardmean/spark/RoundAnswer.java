package org.shardmean.spark;

import java.io.Serializable;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.train.LocalResult;

/**
 * A worker's result on its way to the driver.
 *
 * @param state not copied
 * @param executor where it was computed, to tell who waited for whom
 */
record RoundAnswer(SentState state, TrainingScore score, int steps, double seconds, String executor)
    implements Serializable {

  static RoundAnswer of(LocalResult result, String executor) {
    return new RoundAnswer(
        SentState.of(result.state()), result.score(), result.steps(), result.seconds(), executor);
  }

  LocalResult result() {
    return new LocalResult(state.state(), score, steps, seconds);
  }
}
