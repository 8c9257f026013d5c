package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

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
 * What an executor does in one task of several rounds: again and again it asks the driver's {@link
 * RoundExchange} what to do with its block, does it, and brings the answer with its next question.
 *
 * @param exchange the name of the driver's endpoint
 */
record RoundsTask(
    String exchange,
    ModelSpec model,
    LocalSettings settings,
    MomentPolicy moments,
    WireFormat format)
    implements ShardWork<Integer> {
  private static final int PATIENCE_SECONDS = 10;

  private static final ClassTag<byte[]> BYTES = ClassTag.apply(byte[].class);

  RoundsTask {
    requireNonNull(exchange, "exchange");
  }

  /** Works until the driver has no more rounds; tells how many there were. */
  @Override
  public Integer on(ShardBlock once) {
    ShardBlock.Kept shards = once.kept();
    SparkEnv here = SparkEnv.get();
    RpcEndpointRef driver = RpcUtils.makeDriverRef(exchange, here.conf(), here.rpcEnv());
    int block = TaskContext.getPartitionId();
    int rounds = 0;
    Message reply = ask(driver, new Message.Ready(block, 0));
    while (reply instanceof Message.Next next) {
      RoundAnswer answer = task(next).on(shards.again());
      rounds++;
      reply = ask(driver, new Message.Done(block, next.round(), answer));
    }
    return rounds;
  }

  private RoundTask task(Message.Next next) {
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
        next = new Message.Ready(question.block(), question.round()).bytes();
      }
    }
    throw new TaskKilledException("while it waited for the next round");
  }

  private static RpcTimeout patience() {
    FiniteDuration most = Duration.create(PATIENCE_SECONDS, "s");
    return new RpcTimeout(most, "a round of other tasks");
  }
}
