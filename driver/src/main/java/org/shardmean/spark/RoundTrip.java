package org.shardmean.spark;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.train.TrainingState;

/** A round without its local steps: what there is to measure of a round before any training. */
public final class RoundTrip {
  private RoundTrip() {}

  /**
   * Gives {@code state} to every worker and takes it back, as a round of the averaging loop does.
   *
   * @param shards one worker for each
   * @return what came back, in order of worker
   */
  public static List<TrainingState> run(
      JavaSparkContext spark, Shards shards, TrainingState state) {
    try (StateExchange states = StateExchange.open(spark, state, List.of())) {
      List<StateExchange.Returned> back =
          shards.forEach((worker, shard) -> states.giveBack(worker, states.startOf(worker)));
      return back.stream().map(StateExchange.Returned::state).toList();
    }
  }
}
