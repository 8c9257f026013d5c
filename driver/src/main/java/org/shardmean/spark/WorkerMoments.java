package org.shardmean.spark;

import java.util.List;
import org.shardmean.average.MomentPolicy;
import org.shardmean.train.TrainingState;

/**
 * What becomes of the inner optimizer's moments between rounds. Moments that a worker keeps are
 * kept here, on the driver, and sent back to it: so a worker may move to another executor, or be
 * computed again, and nothing changes.
 */
final class WorkerMoments {
  private final MomentPolicy policy;
  private final float[] none;
  private List<SentState> own = List.of();

  WorkerMoments(MomentPolicy policy, TrainingState start) {
    this.policy = policy;
    this.none = new float[start.moments().length];
  }

  /** Each worker's own, in order of worker; empty where all go on from the shared ones. */
  List<SentState> own() {
    return own;
  }

  /** The state to go on from, given what came back and the state after the outer step. */
  TrainingState after(Workers.Round back, TrainingState stepped) {
    own = back.own();
    return policy == MomentPolicy.RESET
        ? new TrainingState(stepped.parameters(), none, 0)
        : stepped;
  }
}
