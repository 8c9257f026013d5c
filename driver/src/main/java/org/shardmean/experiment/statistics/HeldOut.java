package org.shardmean.experiment.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How well a model fitted without some points predicts them. */
public final class HeldOut {
  private HeldOut() {}

  /**
   * Leaves each observation out in turn, fits the rest and predicts it.
   *
   * @return relative errors, in order of observation; none with fewer than three observations
   */
  public static Optional<Spread> errors(List<RoundObservation> observations) {
    if (observations.size() < 3) {
      return Optional.empty();
    }
    double[] errors = new double[observations.size()];
    for (int i = 0; i < errors.length; i++) {
      List<RoundObservation> rest = new ArrayList<>(observations);
      RoundObservation left = rest.remove(i);
      errors[i] = RoundTimeModel.of(rest, i).error(left);
    }
    return Optional.of(Spread.of(errors));
  }
}
