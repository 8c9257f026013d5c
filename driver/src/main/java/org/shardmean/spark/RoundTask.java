package org.shardmean.spark;

import java.util.List;
import org.shardmean.data.ImageSet;
import org.shardmean.model.ModelSpec;
import org.shardmean.train.Engines;
import org.shardmean.train.LocalResult;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.LocalTrainer;
import org.shardmean.train.RoundPlan;

/**
 * What an executor does for one worker in one round: start from the state, train, answer.
 *
 * @param states where the state to start from is found, and where the one trained goes
 */
record RoundTask(ModelSpec model, LocalSettings settings, RoundPlan plan, StateExchange states)
    implements ShardWork<RoundAnswer> {
  @Override
  public RoundAnswer on(int worker, ImageSet shard) {
    LocalResult result =
        ExecutorCache.use(
            List.of("trainer", model, settings),
            () -> new LocalTrainer(Engines.create(model, settings), model.inputs(), settings),
            trainer -> trainer.train(plan, worker, shard, states.startOf(worker)));
    return new RoundAnswer(
        states.giveBack(worker, result.state()),
        result.score(),
        result.steps(),
        result.seconds(),
        ExecutorCache.executor());
  }
}
