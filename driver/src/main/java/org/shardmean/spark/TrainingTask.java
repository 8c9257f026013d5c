package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcTimeout;
import org.apache.spark.rpc.RpcTimeoutException;
import org.apache.spark.util.RpcUtils;
import org.shardmean.average.MomentPolicy;
import org.shardmean.average.RoundWire;
import org.shardmean.model.ModelSpec;
import org.shardmean.train.LocalSettings;
import org.shardmean.wire.WireFormat;
import scala.concurrent.duration.Duration;
import scala.concurrent.duration.FiniteDuration;
import scala.reflect.ClassTag;

/**
 * What an executor does in a task that stays: again and again it asks the driver's {@link
 * TaskExchange} what to do, a round with its block of training images or a scoring of its share of
 * the validation images, does it, and brings the answer with its next question.
 *
 * @param exchange the name of the driver's endpoint
 * @param tasks how many there are
 */
record TrainingTask(
    String exchange,
    int tasks,
    ModelSpec model,
    LocalSettings settings,
    MomentPolicy moments,
    WireFormat format,
    ScoringWork scoring)
    implements ShardWork<Integer> {
  private static final int PATIENCE_SECONDS = 10;

  private static final ClassTag<byte[]> BYTES = ClassTag.apply(byte[].class);

  TrainingTask {
    requireNonNull(exchange, "exchange");
    requireNonNull(scoring, "scoring");
  }

  /** Works until the driver has no more steps; tells how many there were. */
  @Override
  public Integer on(ShardBlock once) {
    ShardBlock.Kept shards = once.kept();
    int block = TaskContext.getPartitionId();
    List<ShardBlock.Kept> validation = scoring.share(block, tasks);
    SparkEnv here = SparkEnv.get();
    RpcEndpointRef driver = RpcUtils.makeDriverRef(exchange, here.conf(), here.rpcEnv());
    int steps = 0;
    Message work = ask(driver, new Message.Ready(block, 0));
    while (!(work instanceof Message.NoMore)) {
      work = ask(driver, done(work, block, shards, validation));
      steps++;
    }
    return steps;
  }

  private Message.Answer done(
      Message work, int block, ShardBlock.Kept shards, List<ShardBlock.Kept> validation) {
    if (work instanceof Message.Train round) {
      return new Message.Trained(block, round.step(), task(round).on(shards.again()));
    }
    if (work instanceof Message.Validate score) {
      return new Message.Scored(block, score.step(), scoring.sums(score.parameters(), validation));
    }
    throw new IllegalStateException("expected work, found " + work);
  }

  private RoundTask task(Message.Train next) {
    return new RoundTask(
        model,
        settings,
        moments,
        new RoundWire(format, next.plan()),
        RoundStart.received(next.start()));
  }

  /** The driver replies when all tasks are done, which may take longer than a call should wait. */
  private static Message ask(RpcEndpointRef driver, Message.Question question) {
    byte[] next = question.bytes();
    while (!TaskContext.get().isInterrupted()) {
      try {
        return Message.of(driver.askSync(next, patience(), BYTES));
      } catch (Exception e) { // Spark throws checked exceptions undeclared.
        if (!(e instanceof RpcTimeoutException)) {
          throw e;
        }
        next = new Message.Ready(question.block(), question.step()).bytes();
      }
    }
    throw new TaskKilledException("while it waited for the next step");
  }

  private static RpcTimeout patience() {
    FiniteDuration most = Duration.create(PATIENCE_SECONDS, "s");
    return new RpcTimeout(most, "a step of other tasks");
  }
}
