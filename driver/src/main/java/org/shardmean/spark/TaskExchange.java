package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
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

  /** Which task does the current step in place of a lost one, by the lost one. */
  private final Map<Integer, Integer> substitutes = new HashMap<>();

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
    if (lost.get(question.task()) && question.step() > 0) {
      asked.call().reply(noMore); // Spark has given this attempt up, but not the next one.
      return;
    }
    lost.clear(question.task());
    reply(asked);
  }

  private void reply(Waiting asked) {
    int task = asked.question().task();
    if (isOver) {
      asked.call().reply(noMore);
    } else if (copies.containsKey(task)) {
      asked.call().reply(new Message.Copy(copies.remove(task)).bytes());
    } else if (isMissing(task) && !substitutes.containsKey(task)) {
      asked.call().reply(work);
    } else {
      OptionalInt block = leftUndone(task);
      if (block.isPresent()) {
        substitutes.put(block.getAsInt(), task);
        asked.call().reply(new Message.InPlaceOf(block.getAsInt(), work).bytes());
      } else {
        waiting.add(asked);
        notifyAll();
      }
    }
  }

  private boolean isMissing(int block) {
    return missing > 0 && answers[block] == null;
  }

  /** A block of a lost task that this task has taken over, or that no other has. */
  private OptionalInt leftUndone(int task) {
    return lost.stream()
        .filter(this::isMissing)
        .filter(block -> substitutes.getOrDefault(block, task) == task)
        .findFirst();
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
   * A task is lost with its executor: others do what it leaves undone.
   *
   * @return whether any task is left
   */
  synchronized boolean lose(int task) {
    lost.set(task);
    copies.remove(task);
    substitutes.values().removeIf(substitute -> substitute == task);
    waiting.removeIf(asked -> asked.question().task() == task);
    replyAgain();
    return lost.cardinality() < answers.length;
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
    copies.putAll(blocks);
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
