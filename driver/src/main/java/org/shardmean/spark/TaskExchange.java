package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.rpc.RpcCallContext;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.rpc.ThreadSafeRpcEndpoint;
import scala.PartialFunction;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/**
 * The driver's end of a job whose tasks stay: they ask it for work and bring their answers. A task
 * that comes again, or a second copy of one, gets the current step; the first answer for a block
 * counts, and all of them have the same bits. What a lost task leaves undone is given to a task
 * that waits, until Spark has started the lost one again elsewhere.
 */
final class TaskExchange implements ThreadSafeRpcEndpoint {
  private final RpcEnv rpcEnv;
  private final Message.Answer[] answers;
  private final List<Waiting> waiting = new ArrayList<>();
  private final byte[] noMore = new Message.NoMore().bytes();

  /** Tasks that were lost and have not come again. */
  private final BitSet lost = new BitSet();

  /** The newest attempt of each task that has asked, and that was lost; -1 for none. */
  private final int[] newest;

  private final int[] newestLost;

  /** Which task does the current step in place of a lost one, by the lost one. */
  private final Map<Integer, Integer> substitutes = new HashMap<>();

  /** The tasks that hold a block's images beside its own task, by the block. */
  private final Map<Integer, Set<Integer>> holders = new HashMap<>();

  /** Which block each task is to keep a second copy of, as soon as it asks. */
  private final Map<Integer, Integer> copies = new HashMap<>();

  /** The current step, a round or a scoring, from 1; 0 before the first. */
  private int step;

  /** Its work, as it crosses. */
  private byte[] work;

  private int missing;
  private boolean isOver;

  /**
   * There is no current step.
   *
   * @param blocks how many tasks there will be
   */
  TaskExchange(RpcEnv rpcEnv, int blocks) {
    this.rpcEnv = requireNonNull(rpcEnv, "rpcEnv");
    this.answers = new Message.Answer[blocks];
    this.newest = IntStream.generate(() -> -1).limit(blocks).toArray();
    this.newestLost = newest.clone();
  }

  private record Waiting(Message.Question question, RpcCallContext call) {}

  @Override
  public RpcEnv rpcEnv() {
    return rpcEnv;
  }

  @Override
  public PartialFunction<Object, BoxedUnit> receiveAndReply(RpcCallContext call) {
    return new AbstractPartialFunction<>() {
      @Override
      public boolean isDefinedAt(Object message) {
        return message instanceof byte[];
      }

      @Override
      public BoxedUnit apply(Object message) {
        hear(new Waiting((Message.Question) Message.of((byte[]) message), call));
        return BoxedUnit.UNIT;
      }
    };
  }

  private synchronized void hear(Waiting asked) {
    Message.Question question = asked.question();
    if (question instanceof Message.Answer done && done.step() == step && isMissing(done.block())) {
      answers[done.block()] = done;
      missing--;
      notifyAll();
    }
    Message.Asker asker = question.asker();
    if (asker.attempt() <= newestLost[asker.task()]) {
      asked.call().reply(noMore); // Spark has given this attempt up.
    } else {
      newest[asker.task()] = Math.max(newest[asker.task()], asker.attempt());
      lost.clear(asker.task());
      reply(asked);
    }
  }

  private void reply(Waiting asked) {
    int task = asked.question().task();
    if (isOver) {
      asked.call().reply(noMore);
    } else if (copies.containsKey(task)) {
      int copied = copies.remove(task);
      hold(copied, task);
      asked.call().reply(new Message.Copy(copied).bytes());
    } else if (isMissing(task) && !substitutes.containsKey(task)) {
      asked.call().reply(work);
    } else {
      inPlaceOf(task)
          .ifPresentOrElse(
              block -> {
                substitutes.put(block, task);
                hold(block, task);
                asked.call().reply(new Message.InPlaceOf(block, work).bytes());
              },
              () -> {
                waiting.add(asked);
                notifyAll();
              });
    }
  }

  private void hold(int block, int task) {
    holders.computeIfAbsent(block, one -> new TreeSet<>()).add(task);
  }

  private boolean isMissing(int block) {
    return missing > 0 && answers[block] == null;
  }

  /** The block that a task has taken over, or may: of those held by others, none. */
  private OptionalInt inPlaceOf(int task) {
    return IntStream.range(0, answers.length)
        .filter(this::isMissing)
        .filter(
            block ->
                substitutes.containsKey(block)
                    ? substitutes.get(block) == task
                    : lost.get(block) && mayTake(task, block))
        .findFirst();
  }

  private boolean mayTake(int task, int block) {
    Set<Integer> held = holders.getOrDefault(block, Set.of());
    return held.isEmpty() || held.contains(task);
  }

  /**
   * Gives every task that waits, and every one that will ask, the next step's work.
   *
   * @param message the work, by the number of the step
   */
  synchronized void begin(IntFunction<Message> message) {
    step++;
    work = message.apply(step).bytes();
    Arrays.fill(answers, null);
    missing = answers.length;
    substitutes.clear();
    replyAgain();
  }

  /**
   * An attempt of a task is lost with its executor: others do what it leaves undone, unless a newer
   * attempt has asked already.
   */
  synchronized void lose(Message.Asker attempt) {
    int task = attempt.task();
    newestLost[task] = Math.max(newestLost[task], attempt.attempt());
    waiting.removeIf(
        asked ->
            asked.question().task() == task
                && asked.question().asker().attempt() <= attempt.attempt());
    if (newest[task] <= attempt.attempt()) {
      lost.set(task);
      copies.remove(task);
      substitutes.values().removeIf(substitute -> substitute == task);
      holders.values().forEach(tasks -> tasks.remove(task));
      replyAgain();
    }
  }

  /** How many tasks were lost and have not come again. */
  synchronized int lost() {
    return lost.cardinality();
  }

  private void replyAgain() {
    List<Waiting> all = List.copyOf(waiting);
    waiting.clear();
    all.forEach(this::reply);
  }

  /**
   * Has tasks keep second copies of others' images from their next question on.
   *
   * @param blocks by the task that is to keep them
   */
  synchronized void copy(Map<Integer, Integer> blocks) {
    blocks.forEach(
        (task, block) -> {
          if (!holders.getOrDefault(block, Set.of()).contains(task)) {
            copies.put(task, block);
          }
        });
  }

  /**
   * Waits at most so long; whether every task waits for work, but for those that are lost.
   *
   * @throws IllegalStateException if this thread is interrupted
   */
  synchronized boolean isReady(long millis) {
    return is(this::allWait, millis);
  }

  private boolean allWait() {
    BitSet here = (BitSet) lost.clone();
    waiting.forEach(asked -> here.set(asked.question().task()));
    return here.cardinality() == answers.length;
  }

  /**
   * Waits at most so long; whether all answers of the current step are there.
   *
   * @throws IllegalStateException if this thread is interrupted
   */
  synchronized boolean isComplete(long millis) {
    return is(() -> missing == 0, millis);
  }

  /** Waits at most so long until it is; the caller holds the lock, which waiting gives up. */
  private boolean is(BooleanSupplier condition, long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try {
      for (long left = end - System.nanoTime();
          !condition.getAsBoolean() && left > 0;
          left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while it waited for the tasks of a training", e);
    }
    return condition.getAsBoolean();
  }

  /** The answers of the current step that have come, by block. */
  synchronized SortedMap<Integer, Message.Answer> answers() {
    SortedMap<Integer, Message.Answer> come = new TreeMap<>();
    for (Message.Answer answer : answers) {
      if (answer != null) {
        come.put(answer.block(), answer);
      }
    }
    return come;
  }

  /** Lets every task end that waits or will ask. */
  synchronized void end() {
    isOver = true;
    waiting.forEach(asked -> asked.call().reply(noMore));
    waiting.clear();
  }
}
