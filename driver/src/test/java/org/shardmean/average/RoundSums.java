package org.shardmean.average;

import java.util.ArrayList;
import java.util.List;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.train.LocalResult;
import org.shardmean.train.TrainingState;

/** Sums of rounds that were never trained. */
final class RoundSums {
  private RoundSums() {}

  /** A worker that ended at {@code parameters}, without moments. */
  static LocalResult worker(long examples, float... parameters) {
    return losing(examples, 1, parameters);
  }

  /** A worker with a given mean loss. */
  static LocalResult losing(long examples, double loss, float... parameters) {
    return new LocalResult(
        new TrainingState(parameters, new float[0], 1),
        new TrainingScore(examples, examples * loss, 0),
        1,
        0.5);
  }

  /** The sum over all workers, cut into blocks; the workers' arrays are left as they are. */
  static RoundSum of(List<LocalResult> workers, List<Block> blocks) {
    SumTree tree = new SumTree(workers.size());
    List<List<RoundSum>> sums = new ArrayList<>();
    for (Block block : blocks) {
      sums.add(
          tree.partialSums(
              block, worker -> RoundSum.of(copy(workers.get(worker))), RoundSum::addInPlace));
    }
    return tree.total(blocks, sums, RoundSum::addInPlace);
  }

  static RoundSum of(LocalResult... workers) {
    return of(List.of(workers), List.of(new Block(0, workers.length)));
  }

  static LocalResult copy(LocalResult result) {
    TrainingState state = result.state();
    return new LocalResult(
        new TrainingState(state.parameters().clone(), state.moments().clone(), state.steps()),
        result.score(),
        result.steps(),
        result.seconds());
  }
}
