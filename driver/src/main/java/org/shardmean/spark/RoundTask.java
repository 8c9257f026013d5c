package org.shardmean.spark;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.shardmean.data.Digits;
import org.shardmean.model.ModelSpec;
import org.shardmean.train.Engines;
import org.shardmean.train.LocalResult;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.LocalTrainer;
import org.shardmean.train.RoundPlan;
import org.shardmean.train.TrainingState;

/** What an executor does for one worker in one round: start from the state, train, answer. */
final class RoundTask implements Function2<Integer, Iterator<Digits>, Iterator<RoundAnswer>> {
  private static final long serialVersionUID = 1L;

  private final ModelSpec model;
  private final LocalSettings settings;
  private final RoundPlan plan;
  private final Broadcast<SentState> start;

  RoundTask(ModelSpec model, LocalSettings settings, RoundPlan plan, Broadcast<SentState> start) {
    this.model = model;
    this.settings = settings;
    this.plan = plan;
    this.start = start;
  }

  @Override
  public Iterator<RoundAnswer> call(Integer worker, Iterator<Digits> shard) {
    return train(worker, shard.next(), start.value().state());
  }

  /** As {@link #call}, with moments of the worker's own in the place of the shared ones. */
  Iterator<RoundAnswer> callWith(SentState own, int worker, Iterator<Digits> shard) {
    float[] parameters = start.value().state().parameters();
    return train(worker, shard.next(), own.stateWith(parameters));
  }

  private Iterator<RoundAnswer> train(int worker, Digits shard, TrainingState from) {
    LocalResult result =
        ExecutorCache.use(
            List.of("trainer", model, settings),
            () -> new LocalTrainer(Engines.create(model, settings), model.inputs(), settings),
            trainer -> trainer.train(plan, worker, shard, from));
    return List.of(RoundAnswer.of(result, ExecutorCache.executor())).iterator();
  }
}
