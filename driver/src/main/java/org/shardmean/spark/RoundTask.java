package org.shardmean.spark;

import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.shardmean.data.Digits;
import org.shardmean.model.ModelSpec;
import org.shardmean.train.Engines;
import org.shardmean.train.LocalResult;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.LocalTrainer;
import org.shardmean.train.RoundPlan;
import org.shardmean.train.TrainingState;

/**
 * What an executor does for one worker in one round: start from the state, train, answer.
 *
 * @param start the state that all start from
 * @param own each worker's own moments in the place of that state's, in order of worker; empty
 *     where all go on from the same
 */
record RoundTask(
    ModelSpec model,
    LocalSettings settings,
    RoundPlan plan,
    Broadcast<SentState> start,
    List<Broadcast<SentState>> own)
    implements ShardWork<RoundAnswer> {
  RoundTask {
    own = List.copyOf(own);
  }

  @Override
  public RoundAnswer on(int worker, Digits shard) {
    LocalResult result =
        ExecutorCache.use(
            List.of("trainer", model, settings),
            () -> new LocalTrainer(Engines.create(model, settings), model.inputs(), settings),
            trainer -> trainer.train(plan, worker, shard, startOf(worker)));
    return RoundAnswer.of(result, ExecutorCache.executor());
  }

  private TrainingState startOf(int worker) {
    TrainingState shared = start.value().state();
    return own.isEmpty() ? shared : own.get(worker).value().stateWith(shared.parameters());
  }
}
