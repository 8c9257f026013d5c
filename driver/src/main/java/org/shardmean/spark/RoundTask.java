package org.shardmean.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.shardmean.average.CodedSum;
import org.shardmean.average.MomentPolicy;
import org.shardmean.average.RoundWire;
import org.shardmean.model.ModelSpec;
import org.shardmean.train.LocalResult;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.LocalTrainer;
import org.shardmean.train.TrainingState;
import org.shardmean.wire.CodedState;

/**
 * What an executor does in one task of a round: the workers of its block one after another, each
 * from the round's start, with one engine; then it answers with their partial sums.
 */
record RoundTask(
    ModelSpec model, LocalSettings settings, MomentPolicy moments, RoundWire wire, RoundStart start)
    implements ShardWork<RoundAnswer> {
  @Override
  public RoundAnswer on(ShardBlock block) {
    return ExecutorCache.use(
        List.of("trainer", model, settings),
        () -> new LocalTrainer(model, settings),
        trainer -> train(trainer, block));
  }

  private RoundAnswer train(LocalTrainer trainer, ShardBlock block) {
    IntFunction<TrainingState> starts = start.of(block.block());
    List<CodedState> own = new ArrayList<>();
    List<CodedSum> sums =
        block.partialSums(
            (worker, shard) -> {
              TrainingState from = starts.apply(worker);
              LocalResult result = trainer.train(wire.plan(), worker, shard, from);
              if (moments == MomentPolicy.KEPT) {
                own.add(wire.ownMomentsBack(worker, result.state()));
              }
              return wire.leaf(
                  worker,
                  moments == MomentPolicy.AVERAGED ? result : withoutMoments(result),
                  from.parameters());
            },
            wire::add);
    return new RoundAnswer(sums, own, ExecutorCache.executor());
  }

  /** Moments that are not averaged need not be sent. */
  private static LocalResult withoutMoments(LocalResult result) {
    TrainingState state = result.state();
    return new LocalResult(
        new TrainingState(state.parameters(), new float[0], state.steps()),
        result.score(),
        result.steps(),
        result.seconds());
  }
}
