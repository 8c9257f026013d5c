package org.shardmean.average;

import java.util.List;
import java.util.Optional;
import org.shardmean.train.LocalResult;

/** Tells a training that has left the rails from one that is merely bad. */
public final class Divergence {
  /** Guessing loses ln(classes) an example; this many times as much is no bad luck. */
  private static final double TIMES_GUESSING = 4;

  private Divergence() {}

  /**
   * What is wrong with a round's results, and with which worker's, if anything is.
   *
   * @param results in order of worker
   */
  public static Optional<String> in(List<LocalResult> results, int classes) {
    double most = TIMES_GUESSING * Math.log(classes);
    for (int worker = 0; worker < results.size(); worker++) {
      LocalResult result = results.get(worker);
      double loss = result.score().loss();
      if (result.score().examples() > 0 && !(loss <= most)) {
        return Optional.of(
            "worker %d: expected a loss of at most %.1f, found %.4g".formatted(worker, most, loss));
      }
      if (!isFinite(result.state().parameters())) {
        return Optional.of(
            "worker %d: expected finite parameters, found NaN or infinity".formatted(worker));
      }
    }
    return Optional.empty();
  }

  /**
   * Zero times anything finite is zero: one pass without a branch for each number, in four sums,
   * because one sum must wait for its own last addition.
   */
  private static boolean isFinite(float[] values) {
    float zero0 = 0;
    float zero1 = 0;
    float zero2 = 0;
    float zero3 = 0;
    int i = 0;
    for (; i + 3 < values.length; i += 4) {
      zero0 += values[i] * 0;
      zero1 += values[i + 1] * 0;
      zero2 += values[i + 2] * 0;
      zero3 += values[i + 3] * 0;
    }
    for (; i < values.length; i++) {
      zero0 += values[i] * 0;
    }
    return zero0 + zero1 + zero2 + zero3 == 0;
  }
}
