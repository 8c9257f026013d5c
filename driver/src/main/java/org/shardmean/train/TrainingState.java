package org.shardmean.train;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * All that a worker needs to go on training: what the driver sends out and what comes back.
 *
 * <p>The arrays are held, not copied: a state is handed over, and whoever made it must not write to
 * it any more. (A copy would cost what a round costs.)
 *
 * @param parameters the flat parameters, in the order of {@link
 *     org.shardmean.model.ParameterLayout}
 * @param moments the optimizer's state: {@code optimizer.moments()} vectors as long as the
 *     parameters, one after another; for Adam the first moments, then the second
 * @param steps local steps that {@code moments} have seen, for Adam's bias correction
 */
public record TrainingState(float[] parameters, float[] moments, long steps)
    implements Serializable {
  public TrainingState {
    requireNonNull(parameters, "parameters");
    requireNonNull(moments, "moments");
    if (moments.length % parameters.length != 0) {
      throw new IllegalArgumentException(
          "moments must be whole vectors of %d parameters, found %d floats"
              .formatted(parameters.length, moments.length));
    }
    if (steps < 0) {
      throw new IllegalArgumentException("steps must not be negative, found " + steps);
    }
  }

  /** The same moments and steps at other parameters; nothing is copied. */
  public TrainingState withParameters(float[] others) {
    return new TrainingState(others, moments, steps);
  }

  /** The start of a run: given parameters, moments at zero. */
  public static TrainingState initial(float[] parameters, Optimizer optimizer) {
    return new TrainingState(parameters, new float[parameters.length * optimizer.moments()], 0);
  }
}
