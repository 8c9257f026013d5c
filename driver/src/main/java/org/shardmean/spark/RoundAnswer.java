package org.shardmean.spark;

import java.io.Serializable;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.train.LocalResult;

/**
 * A worker's result on its way to the driver.
 *
 * @param state as {@link StateBytes}, not copied
 * @param executor where it was computed, to tell who waited for whom
 */
record RoundAnswer(byte[] state, TrainingScore score, int steps, double seconds, String executor)
    implements Serializable {

  static RoundAnswer of(LocalResult result, String executor) {
    return new RoundAnswer(
        StateBytes.encode(result.state()),
        result.score(),
        result.steps(),
        result.seconds(),
        executor);
  }

  LocalResult result() {
    return new LocalResult(StateBytes.decode(state), score, steps, seconds);
  }
}
