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
 * What an executor does in a task that stays: again and again it asks the driver's {@link
 * TaskExchange} what to do, a round with its block of training images or a scoring of its share of
 * the validation images, does it, and brings the answer with its next question. It also does what a
 * lost task cannot do any more.
 *
 * @param exchange the name of the driver's endpoint
 * @param shards of all tasks, each a block
 */
record TrainingTask(
    String exchange,
    ModelSpec model,
    LocalSettings settings,
    MomentPolicy moments,
    WireFormat format,
    ShardReader shards,
    ScoringWork scoring)
    implements ShardWork<Integer> {
  private static final int PATIENCE_SECONDS = 10;

  private static final ClassTag<byte[]> BYTES = ClassTag.apply(byte[].class);

  TrainingTask {
    requireNonNull(exchange, "exchange");
    requireNonNull(shards, "shards");
    requireNonNull(scoring, "scoring");
  }

  /** Works until the driver has no more to do; tells how many answers it has sent. */
  @Override
  public Integer on(ShardBlock block) {
    TaskContext here = TaskContext.get();
    int task = here.partitionId();
    Message.Asker self = new Message.Asker(task, here.attemptNumber());
    TaskImages own = images(block, task, here);
    TaskImages.OfOthers others =
        new TaskImages.OfOthers(other -> images(shards.block(other, here), other, here));
    RpcEndpointRef driver = driver();
    int answers = 0;
    Message.Question question = new Message.Ready(self, 0);
    for (Message work = ask(driver, question);
        !(work instanceof Message.NoMore);
        work = ask(driver, question)) {
      if (work instanceof Message.Copy copy) {
        others.copy(copy.block());
        question = new Message.Ready(self, question.step());
      } else if (work instanceof Message.InPlaceOf lost) {
        question = done(Message.of(lost.work()), self, lost.block(), others.of(lost.block()));
        answers++;
      } else {
        question = done(work, self, task, own);
        answers++;
      }
    }
    return answers;
  }

  private TaskImages images(ShardBlock block, int task, TaskContext reader) {
    return new TaskImages(block.kept(), scoring.share(task, shards.blocks().size(), reader));
  }

  private RpcEndpointRef driver() {
    SparkEnv here = SparkEnv.get();
    return RpcUtils.makeDriverRef(exchange, here.conf(), here.rpcEnv());
  }

  private Message.Answer done(Message work, Message.Asker self, int block, TaskImages images) {
    if (work instanceof Message.Train round) {
      return new Message.Trained(
          self, block, round.step(), task(round).on(images.training().again()));
    }
    if (work instanceof Message.Validate score) {
      return new Message.Scored(
          self, block, score.step(), scoring.sums(score.parameters(), images.validation()));
    }
    throw new IllegalStateException("expected work, found " + work);
  }

  private RoundTask task(Message.Train next) {
    return new RoundTask(
        model,
        settings,
        moments,
        RoundWire.of(format, next.plan(), model.parameters()),
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
        next = new Message.Ready(question.asker(), question.step()).bytes();
      }
    }
    throw new TaskKilledException("while it waited for the next step");
  }

  private static RpcTimeout patience() {
    FiniteDuration most = Duration.create(PATIENCE_SECONDS, "s");
    return new RpcTimeout(most, "a step of other tasks");
  }
}
