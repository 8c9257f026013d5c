package org.shardmean.train;

import static java.util.Objects.requireNonNull;

/**
 * What one worker's optimizer remembers, where workers keep their own moments.
 *
 * <p>The array is held, not copied, as that of {@link TrainingState} is.
 *
 * @param values as {@link TrainingState#moments}
 * @param steps local steps that they have seen
 */
public record Moments(float[] values, long steps) {
  public Moments {
    requireNonNull(values, "values");
    if (steps < 0) {
      throw new IllegalArgumentException("steps must not be negative, found " + steps);
    }
  }
}
