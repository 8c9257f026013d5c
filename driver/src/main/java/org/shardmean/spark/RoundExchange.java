package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.rpc.RpcCallContext;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.rpc.ThreadSafeRpcEndpoint;
import org.shardmean.train.RoundPlan;
import org.shardmean.wire.CodedState;
import scala.PartialFunction;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/**
 * The driver's end of a job of several rounds: tasks ask it for work and bring their answers. A
 * task that comes again, or a second copy of one, gets the round at hand; the first answer for a
 * block counts, and all of them have the same bits.
 */
final class RoundExchange implements ThreadSafeRpcEndpoint {
  private final RpcEnv rpcEnv;
  private final RoundAnswer[] answers;
  private final List<Waiting> waiting = new ArrayList<>();
  private final byte[] noMore = new Message.NoMore().bytes();

  /** Blocks whose task has been heard of. */
  private final BitSet heard = new BitSet();

  private long firstHeard;

  /** The round at hand, from 1; 0 before the first. */
  private int round;

  /** Its work, as it crosses. */
  private byte[] task;

  private int missing;
  private boolean isOver;

  /**
   * No round is at hand.
   *
   * @param blocks how many tasks there will be
   */
  RoundExchange(RpcEnv rpcEnv, int blocks) {
    this.rpcEnv = requireNonNull(rpcEnv, "rpcEnv");
    this.answers = new RoundAnswer[blocks];
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
    if (heard.isEmpty()) {
      firstHeard = System.nanoTime();
    }
    heard.set(question.block());
    if (question instanceof Message.Done done && done.round() == round && isMissing(done.block())) {
      answers[done.block()] = done.answer();
      missing--;
      notifyAll();
    }
    if (isOver) {
      asked.call().reply(noMore);
    } else if (question.round() < round && isMissing(question.block())) {
      asked.call().reply(task);
    } else {
      waiting.add(asked);
    }
  }

  private boolean isMissing(int block) {
    return missing > 0 && answers[block] == null;
  }

  /**
   * Gives every task that waits, and every one that will ask, this round's work.
   *
   * @param start the state that all workers start from
   */
  synchronized void begin(RoundPlan plan, CodedState start) {
    round++;
    task = new Message.Next(round, plan, start).bytes();
    Arrays.fill(answers, null);
    missing = answers.length;
    waiting.forEach(asked -> asked.call().reply(task));
    waiting.clear();
  }

  /**
   * Waits at most so long; whether all answers of the round at hand are there.
   *
   * @throws IllegalStateException if this thread is interrupted
   */
  synchronized boolean isComplete(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try {
      for (long left = end - System.nanoTime(); missing > 0 && left > 0; ) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = end - System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while it waited for the workers of a round", e);
    }
    return missing == 0;
  }

  /** The answers of the round at hand, in order of block, which must be complete. */
  synchronized List<RoundAnswer> answers() {
    return List.of(answers);
  }

  /** Whether some task has not been heard of, so long after the first. */
  synchronized boolean lacksTasks(long nanos) {
    return !heard.isEmpty()
        && heard.cardinality() < answers.length
        && System.nanoTime() - firstHeard > nanos;
  }

  /** Lets every task end that waits or will ask. */
  synchronized void end() {
    isOver = true;
    waiting.forEach(asked -> asked.call().reply(noMore));
    waiting.clear();
  }
}
