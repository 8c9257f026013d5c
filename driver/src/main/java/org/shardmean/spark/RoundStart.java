package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.shardmean.average.Block;
import org.shardmean.train.TrainingState;

/**
 * What the workers of one round start from, on its way to the executors. The driver opens one for
 * each round and closes it when the round is over; a copy of it travels in every task.
 *
 * <p>The state goes out as one broadcast, which an executor fetches once for all its tasks. Where
 * workers keep their own moments, each block's go out as another, which only its task fetches.
 */
final class RoundStart implements Serializable, AutoCloseable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<SentState> shared;
  private final HashMap<Block, Broadcast<SentState[]>> own = new HashMap<>();

  private RoundStart(Broadcast<SentState> shared) {
    this.shared = requireNonNull(shared, "shared");
  }

  /**
   * Broadcasts the states.
   *
   * @param start what all workers start from
   * @param own each worker's own moments and steps in the place of that state's, in order of
   *     worker; empty where all go on from the same
   * @param blocks which workers each task trains
   */
  static RoundStart broadcast(
      JavaSparkContext spark, TrainingState start, List<SentState> own, List<Block> blocks) {
    RoundStart round = new RoundStart(spark.broadcast(SentState.of(start)));
    try {
      round.sendOwn(spark, own, blocks);
    } catch (Throwable e) { // Spark throws checked exceptions undeclared.
      round.close();
      throw e;
    }
    return round;
  }

  private void sendOwn(JavaSparkContext spark, List<SentState> states, List<Block> blocks) {
    for (Block block : states.isEmpty() ? List.<Block>of() : blocks) {
      SentState[] moments = states.subList(block.first(), block.end()).toArray(SentState[]::new);
      own.put(block, spark.broadcast(moments));
    }
  }

  /** In a task: what each worker of the block starts from, not copied and not to be changed. */
  IntFunction<TrainingState> of(Block block) {
    TrainingState start = shared.value().state();
    if (own.isEmpty()) {
      return worker -> start;
    }
    SentState[] moments = own.get(block).value();
    return worker -> moments[worker - block.first()].stateWith(start.parameters());
  }

  /** On the driver: bytes of the states that {@code executors} executors fetch, all together. */
  long bytes(int executors) {
    return executors * shared.value().bytes()
        + own.values().stream()
            .flatMap(broadcast -> Arrays.stream(broadcast.value()))
            .mapToLong(SentState::bytes)
            .sum();
  }

  /** On the driver: gives back the memory, here and on the executors. */
  @Override
  public void close() {
    shared.destroy();
    own.values().forEach(broadcast -> broadcast.destroy());
  }
}
