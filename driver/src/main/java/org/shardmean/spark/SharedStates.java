package org.shardmean.spark;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.shardmean.train.TrainingState;

/**
 * States that stay where they are, because driver and tasks are one JVM: what travels is the number
 * under which they are found. They are there for as long as the round is open, so a task that comes
 * late, when all have answered, finds nothing and fails, which nobody waits for.
 *
 * <p>What is open is static, because Spark makes every task from bytes, also here. A task that is
 * repeated gives back the same bits again.
 *
 * @param number of the exchange in this JVM
 */
record SharedStates(long number) implements StateExchange {
  private static final AtomicLong OPENED = new AtomicLong();
  private static final Map<Long, Held> OPEN = new ConcurrentHashMap<>();

  private record Held(
      TrainingState start, List<TrainingState> own, Map<Integer, TrainingState> back) {}

  static SharedStates open(TrainingState start, List<TrainingState> own) {
    SharedStates opened = new SharedStates(OPENED.incrementAndGet());
    OPEN.put(opened.number, new Held(start, List.copyOf(own), new ConcurrentHashMap<>()));
    return opened;
  }

  @Override
  public TrainingState startOf(int worker) {
    Held held = held(number);
    return held.own.isEmpty()
        ? held.start
        : held.own.get(worker).withParameters(held.start.parameters());
  }

  @Override
  public Returned giveBack(int worker, TrainingState state) {
    held(number).back.put(worker, state);
    return new LeftHere(number, worker);
  }

  @Override
  public void close() {
    OPEN.remove(number);
  }

  private static Held held(long number) {
    Held held = OPEN.get(number);
    if (held == null) {
      throw new IllegalStateException(
          "exchange %d: expected an open round in this JVM, found none; its round is over"
              .formatted(number));
    }
    return held;
  }

  /** A state that a worker left for the driver. */
  private record LeftHere(long number, int worker) implements Returned {
    @Override
    public TrainingState state() {
      return held(number).back.get(worker);
    }
  }
}
