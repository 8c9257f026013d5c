package org.shardmean.run;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.shardmean.train.FollowedWeight;
import org.shardmean.train.LossSlice;

/**
 * How gradient descent began in a run, to be shown.
 *
 * @param weight one weight through the first local steps; none where it could not be followed
 * @param slice of the loss surface at the run's start; none where it could not be worked out
 */
public record FirstSteps(Optional<FollowedWeight> weight, Optional<LossSlice> slice) {
  /** Nothing was followed. */
  public static final FirstSteps NONE = new FirstSteps(Optional.empty(), Optional.empty());

  public FirstSteps {
    requireNonNull(weight, "weight");
    requireNonNull(slice, "slice");
  }
}
