package org.shardmean.spark;

import java.util.List;
import org.shardmean.average.MomentPolicy;
import org.shardmean.train.LocalResult;
import org.shardmean.train.TrainingState;

/**
 * What becomes of the inner optimizer's moments between rounds. Moments that a worker keeps are
 * kept here, on the driver, and sent back to it: so a worker may move to another executor, or be
 * computed again, and nothing changes.
 */
final class WorkerMoments {
  private final MomentPolicy policy;
  private List<TrainingState> own = List.of();

  WorkerMoments(MomentPolicy policy) {
    this.policy = policy;
  }

  /** Each worker's own, in order of worker; empty where all go on from the shared ones. */
  List<TrainingState> own() {
    return own;
  }

  /** The state to go on from, given the workers' results and the state after the outer step. */
  TrainingState after(List<LocalResult> results, TrainingState stepped) {
    if (policy == MomentPolicy.KEPT) {
      own = results.stream().map(LocalResult::state).toList();
    }
    return policy == MomentPolicy.RESET
        ? new TrainingState(stepped.parameters(), new float[stepped.moments().length], 0)
        : stepped;
  }
}
