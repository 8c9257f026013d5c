package org.shardmean.average;

import org.shardmean.train.Optimizer;
import org.shardmean.train.TrainingState;

/** What becomes of the inner optimizer's moments at an averaging. */
public enum MomentPolicy {
  /** They are averaged as the parameters are. */
  AVERAGED,
  /** Each worker goes on with its own. */
  KEPT,
  /** Each round starts from zero. */
  RESET;

  /**
   * What the next round starts from.
   *
   * @param stepped the state after the outer step; it, or its parameters, are held
   */
  public TrainingState nextStart(TrainingState stepped, Optimizer optimizer) {
    return this == RESET ? TrainingState.initial(stepped.parameters(), optimizer) : stepped;
  }
}
