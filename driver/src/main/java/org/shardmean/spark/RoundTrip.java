package org.shardmean.spark;

import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.average.CodedSum;
import org.shardmean.average.RoundSum;
import org.shardmean.average.RoundWire;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.train.LocalResult;
import org.shardmean.train.RoundPlan;
import org.shardmean.train.TrainingState;
import org.shardmean.wire.WireFormat;

/** A round without its local steps: what there is to measure of a round before any training. */
public final class RoundTrip {
  private static final RoundPlan PLAN = new RoundPlan(1, 1, 1, 1, 1);

  private RoundTrip() {}

  /**
   * Gives {@code state} to every worker, takes it back and adds it up, as a round of the averaging
   * loop does.
   *
   * @return what came back; its mean is {@code state} again, as far as the format holds it
   */
  public static RoundSum run(
      JavaSparkContext spark, Shards shards, TrainingState state, WireFormat format) {
    RoundWire wire = RoundWire.of(format, PLAN, state.parameters().length);
    try (RoundStart start = RoundStart.broadcast(spark, wire, state, List.of(), shards.blocks())) {
      List<List<CodedSum>> back = shards.inBlocks(block -> unchanged(block, wire, start));
      return wire.total(shards.total(back, wire::add), state.parameters());
    }
  }

  private static List<CodedSum> unchanged(ShardBlock block, RoundWire wire, RoundStart start) {
    IntFunction<TrainingState> starts = start.of(block.block());
    return block.partialSums(
        (worker, shard) -> unchanged(worker, wire, starts.apply(worker)), wire::add);
  }

  private static CodedSum unchanged(int worker, RoundWire wire, TrainingState from) {
    TrainingState copy =
        new TrainingState(from.parameters().clone(), from.moments().clone(), from.steps());
    LocalResult result = new LocalResult(copy, new TrainingScore(1, 0, 0), 0, 0);
    return wire.leaf(worker, result, from.parameters());
  }

  /** What the driver does in such a round with the sums of {@code tasks} tasks, in this thread. */
  public static void addHere(int tasks, TrainingState state, WireFormat format) {
    RoundWire wire = RoundWire.of(format, PLAN, state.parameters().length);
    CodedSum sum = unchanged(0, wire, state);
    for (int task = 1; task < tasks; task++) {
      sum = wire.add(sum, unchanged(task, wire, state));
    }
    wire.total(sum, state.parameters());
  }
}
