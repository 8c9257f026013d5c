package org.shardmean.spark;

import java.io.Serializable;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.train.LocalResult;

/**
 * A worker's result on its way to the driver.
 *
 * @param state where it has got to
 * @param executor where it was computed, to tell who waited for whom
 */
record RoundAnswer(
    StateExchange.Returned state, TrainingScore score, int steps, double seconds, String executor)
    implements Serializable {
  /** On the driver, before the exchange is closed. */
  LocalResult result() {
    return new LocalResult(state.state(), score, steps, seconds);
  }
}
