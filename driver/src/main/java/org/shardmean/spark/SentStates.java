package org.shardmean.spark;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.shardmean.train.TrainingState;

/**
 * States that cross the wire: out as broadcasts, back in the tasks' results.
 *
 * @param start what all start from
 * @param own each worker's own moments, in order of worker, or none
 */
record SentStates(Broadcast<SentState> start, List<Broadcast<SentState>> own)
    implements StateExchange {
  SentStates {
    own = List.copyOf(own);
  }

  static SentStates broadcast(
      JavaSparkContext spark, TrainingState start, List<TrainingState> own) {
    return new SentStates(
        spark.broadcast(SentState.of(start)),
        own.stream().map(state -> spark.broadcast(SentState.momentsOf(state))).toList());
  }

  @Override
  public TrainingState startOf(int worker) {
    TrainingState shared = start.value().state();
    return own.isEmpty() ? shared : own.get(worker).value().stateWith(shared.parameters());
  }

  @Override
  public Returned giveBack(int worker, TrainingState state) {
    return SentState.of(state);
  }

  @Override
  public void close() {
    start.destroy();
    own.forEach(Broadcast::destroy);
  }
}
