package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.shardmean.average.Block;
import org.shardmean.average.RoundWire;
import org.shardmean.train.Moments;
import org.shardmean.train.TrainingState;
import org.shardmean.wire.CodedState;

/**
 * What the workers of one round start from, on its way to the executors. The driver opens one for
 * each round and closes it when the round is over; a copy of it travels in every task.
 *
 * <p>Where the rounds of an epoch share a job, the state goes to each task in a message. Where
 * results are added up on executors, the state is there already. Otherwise it goes out as one
 * broadcast, which an executor fetches once for all its tasks. Where workers keep their own
 * moments, each block's go out as another, which only its task fetches.
 */
final class RoundStart implements Serializable, AutoCloseable {
  private static final long serialVersionUID = 1L;

  private final Carrier shared;
  private final HashMap<Block, Broadcast<CodedState[]>> own = new HashMap<>();

  private RoundStart(Carrier shared) {
    this.shared = requireNonNull(shared, "shared");
  }

  /** How a state reaches the executors. */
  private interface Carrier extends Serializable {
    /** In a task: as it arrived, not to be changed. */
    TrainingState state();

    /** On the driver: bytes that so many receivers get, all together. */
    long bytes(int receivers);

    void release();
  }

  private record Received(CodedState coded) implements Carrier {
    @Override
    public TrainingState state() {
      return coded.state();
    }

    @Override
    public long bytes(int receivers) {
      return receivers * coded.bytes();
    }

    @Override
    public void release() {}
  }

  private record InParts(KeptParts parts) implements Carrier {
    @Override
    public TrainingState state() {
      return parts.start();
    }

    @Override
    public long bytes(int receivers) {
      return 0;
    }

    @Override
    public void release() {}
  }

  private record ByBroadcast(Broadcast<CodedState> sent) implements Carrier {
    @Override
    public TrainingState state() {
      return sent.value().state();
    }

    @Override
    public long bytes(int receivers) {
      return receivers * sent.value().bytes();
    }

    @Override
    public void release() {
      sent.destroy();
    }
  }

  /** In a task: what came in a message, for all workers. */
  static RoundStart received(CodedState start) {
    return new RoundStart(new Received(start));
  }

  /** What executors have kept of the round before; the driver sends what of it is lost. */
  static RoundStart inParts(KeptParts parts) {
    return new RoundStart(new InParts(parts));
  }

  /**
   * Codes the states and broadcasts them.
   *
   * @param wire how they are coded
   * @param start what all workers start from
   * @param own each worker's own moments and steps in the place of that state's, in order of
   *     worker; empty where all go on from the same
   * @param blocks which workers each task trains
   */
  static RoundStart broadcast(
      JavaSparkContext spark,
      RoundWire wire,
      TrainingState start,
      List<Moments> own,
      List<Block> blocks) {
    RoundStart round = new RoundStart(new ByBroadcast(spark.broadcast(wire.start(start))));
    try {
      for (Block block : own.isEmpty() ? List.<Block>of() : blocks) {
        round.own.put(block, spark.broadcast(coded(wire, own, block)));
      }
    } catch (Throwable e) { // Spark throws checked exceptions undeclared.
      round.close();
      throw e;
    }
    return round;
  }

  private static CodedState[] coded(RoundWire wire, List<Moments> own, Block block) {
    return IntStream.range(block.first(), block.end())
        .mapToObj(worker -> wire.ownMomentsOut(worker, own.get(worker)))
        .toArray(CodedState[]::new);
  }

  /** In a task: what each worker of the block starts from, decoded once and not to be changed. */
  IntFunction<TrainingState> of(Block block) {
    TrainingState start = shared.state();
    if (own.isEmpty()) {
      return worker -> start;
    }
    CodedState[] moments = own.get(block).value();
    return worker -> {
      Moments kept = moments[worker - block.first()].moments();
      return new TrainingState(start.parameters(), kept.values(), kept.steps());
    };
  }

  /** On the driver: bytes of the states that so many receivers get, all together. */
  long bytes(int receivers) {
    return shared.bytes(receivers)
        + own.values().stream()
            .flatMap(broadcast -> Arrays.stream(broadcast.value()))
            .mapToLong(CodedState::bytes)
            .sum();
  }

  /** On the driver: gives back the memory, here and on the executors. */
  @Override
  public void close() {
    shared.release();
    own.values().forEach(broadcast -> broadcast.destroy());
  }
}
