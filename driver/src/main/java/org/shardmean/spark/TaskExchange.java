package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * counts, and all of them have the same bits.
 */
final class TaskExchange implements ThreadSafeRpcEndpoint {
  private final RpcEnv rpcEnv;
  private final Message.Answer[] answers;
  private final List<Waiting> waiting = new ArrayList<>();
  private final byte[] noMore = new Message.NoMore().bytes();

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
    if (isOver) {
      asked.call().reply(noMore);
    } else if (question.step() < step && isMissing(question.block())) {
      asked.call().reply(work);
    } else {
      waiting.add(asked);
      notifyAll();
    }
  }

  private boolean isMissing(int block) {
    return missing > 0 && answers[block] == null;
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
    waiting.forEach(asked -> asked.call().reply(work));
    waiting.clear();
  }

  /**
   * Waits at most so long; whether every task waits for work.
   *
   * @throws IllegalStateException if this thread is interrupted
   */
  synchronized boolean isReady(long millis) {
    return is(this::allWait, millis);
  }

  private boolean allWait() {
    return waiting.stream().mapToInt(asked -> asked.question().block()).distinct().count()
        == answers.length;
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
