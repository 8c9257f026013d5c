package org.shardmean.spark;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.train.TrainingState;

/** A round without its local steps: what there is to measure of a round before any training. */
public final class RoundTrip {
  private RoundTrip() {}

  /**
   * Gives {@code state} to every task and takes it back, as a round of the averaging loop does.
   *
   * @return what came back, in order of block
   */
  public static List<TrainingState> run(
      JavaSparkContext spark, Shards shards, TrainingState state) {
    try (RoundStart start = RoundStart.broadcast(spark, state, List.of(), shards.blocks())) {
      List<SentState> back =
          shards.inBlocks(
              block -> SentState.of(start.of(block.block()).apply(block.block().first())));
      return back.stream().map(SentState::state).toList();
    }
  }
}
