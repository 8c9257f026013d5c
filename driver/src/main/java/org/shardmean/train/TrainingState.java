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

  /**
   * The moments for {@code optimizer}, not a copy. A state without moments has moments of zero, as
   * at the start of a run.
   *
   * @throws IllegalArgumentException if they are another optimizer's
   */
  public float[] momentsFor(Optimizer optimizer) {
    int expected = Math.multiplyExact(parameters.length, optimizer.moments());
    if (moments.length == expected) {
      return moments;
    }
    if (moments.length == 0) {
      return new float[expected];
    }
    throw new IllegalArgumentException(
        "moments for %s must be %d floats or none, found %d; load a state of the same optimizer"
            .formatted(optimizer, expected, moments.length));
  }

  /**
   * Checks the number of parameters.
   *
   * @throws IllegalArgumentException if there are not {@code expected}
   */
  void requireParameters(int expected) {
    if (parameters.length != expected) {
      throw new IllegalArgumentException(
          "the network has %d parameters, found a state of %d; load a state of the same layers"
              .formatted(expected, parameters.length));
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
