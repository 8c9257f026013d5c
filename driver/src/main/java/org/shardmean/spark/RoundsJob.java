package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.Success$;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.shardmean.average.RoundWire;
import org.shardmean.train.RoundPlan;
import org.shardmean.train.TrainingState;

/**
 * One Spark job for all rounds of an epoch: its tasks stay, and between two rounds only the states
 * cross. A job for each round cost two to three times as much sync on a cluster of JVMs that were
 * still cold.
 *
 * <p>It needs all its tasks to run at once, so it gives up at the first disturbance: a task that
 * failed, an executor lost, or a task that gets no slot. Then its tasks end, the round at hand is
 * done again from its start, and the rest of the epoch (where slots are missing, of the run) has a
 * job for each round. It gives way to any other job on the same context, such as a listener's
 * between two rounds, which would wait for its slots for ever: the tasks end when they are done
 * with the round at hand.
 */
final class RoundsJob implements AutoCloseable {
  /** Tells whether an epoch's rounds may share a job; for trying what that is worth. */
  static final String ALLOWED = "spark.shardmean.roundsInOneJob";

  private static final String DESCRIPTION = "spark.job.description";
  private static final long LOOK_MILLIS = 50;
  private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final int END_SECONDS = 10;

  /** States travel through the driver once for each task; above this, broadcasts do better. */
  private static final long MOST_BYTES = 64L << 20;

  private final JavaSparkContext spark;
  private final int epoch;
  private final RoundExchange exchange;
  private final RpcEndpointRef endpoint;
  private final Watch watch = new Watch();
  private final String description;
  private final Thread job;
  private volatile Throwable failure;

  private RoundsJob(JavaSparkContext spark, Shards shards, RoundsTask task, int epoch) {
    this.spark = requireNonNull(spark, "spark");
    this.epoch = epoch;
    this.description = spark.getLocalProperty(DESCRIPTION);
    RpcEnv rpcEnv = spark.sc().env().rpcEnv();
    this.exchange = new RoundExchange(rpcEnv, shards.blocks().size());
    this.endpoint = rpcEnv.setupEndpoint(task.exchange(), exchange);
    this.job = new Thread(() -> run(shards, task), task.exchange());
  }

  /**
   * Starts the tasks, where several rounds are left in the epoch, all tasks have a slot, and their
   * shards and states are small enough to be held for so long.
   *
   * @param plan the round that comes next
   * @param bytes of its states, to all tasks together
   */
  static Optional<RoundsJob> startIfWorthIt(
      JavaSparkContext spark, Shards shards, RoundsTask task, RoundPlan plan, long bytes) {
    boolean isWorthIt =
        plan.round() < plan.roundsPerEpoch()
            && bytes <= MOST_BYTES
            && shards.bytesOnDisk() == 0
            && shards.blocks().size() <= Cluster.slots(spark)
            && spark.getConf().getBoolean(ALLOWED, true);
    return isWorthIt ? Optional.of(start(spark, shards, task, plan)) : Optional.empty();
  }

  private static RoundsJob start(
      JavaSparkContext spark, Shards shards, RoundsTask task, RoundPlan plan) {
    // Before the thread is made, because that is when it inherits the description.
    spark.setJobDescription(
        "epoch %d · rounds %d to %d".formatted(plan.epoch(), plan.round(), plan.roundsPerEpoch()));
    RoundsJob rounds = new RoundsJob(spark, shards, task, plan.epoch());
    spark.sc().addSparkListener(rounds.watch);
    rounds.job.setDaemon(true);
    rounds.job.start();
    return rounds;
  }

  /** Whether the round belongs to this job's epoch. */
  boolean isFor(RoundPlan plan) {
    return plan.epoch() == epoch;
  }

  private void run(Shards shards, RoundsTask task) {
    try {
      shards.inBlocks(task);
    } catch (Throwable e) { // Spark throws checked exceptions undeclared.
      failure = e;
    }
  }

  /**
   * One round. After the epoch's last one the tasks end, without being waited for.
   *
   * @return the answers in order of block; empty if the job was disturbed, after which it must be
   *     ended
   */
  Optional<List<RoundAnswer>> answers(RoundWire wire, TrainingState start) {
    RoundPlan plan = wire.plan();
    if (watch.hasGivenWay) {
      return Optional.empty();
    }
    exchange.begin(plan, wire.start(start));
    while (!exchange.isComplete(LOOK_MILLIS)) {
      if (watch.isDisturbed || !job.isAlive() || lacksTasks()) {
        return Optional.empty();
      }
    }
    if (plan.round() == plan.roundsPerEpoch()) {
      exchange.end();
    }
    return Optional.of(exchange.answers());
  }

  /** Whether a task has had no slot for some time, so that others wait for it in vain. */
  boolean lacksTasks() {
    return exchange.lacksTasks(LATE_NANOS);
  }

  /**
   * After a disturbance: waits for the tasks to end, so that the next job finds free slots.
   *
   * @throws ClusterException if they do not; and whatever the job failed with
   */
  void endDisturbed() {
    if (!isOverWithin(ExecutorWait.PATIENCE_SECONDS)) {
      throw new ClusterException(
          "expected the tasks of an epoch to end within %d s after a disturbance, found them still at work; the same command goes on from the last checkpoint"
              .formatted(ExecutorWait.PATIENCE_SECONDS));
    }
    if (failure != null) {
      throw this.<RuntimeException>rethrown();
    }
  }

  /** Lets the tasks end, waits for them a little, and gives back what this holds on the driver. */
  @Override
  public void close() {
    isOverWithin(END_SECONDS);
    spark.sc().removeSparkListener(watch);
    spark.sc().env().rpcEnv().stop(endpoint);
  }

  private boolean isOverWithin(int seconds) {
    exchange.end();
    try {
      job.join(TimeUnit.SECONDS.toMillis(seconds));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !job.isAlive();
  }

  /** Spark throws checked exceptions undeclared, and so does whoever waited for Spark. */
  private <E extends Throwable> RuntimeException rethrown() throws E {
    @SuppressWarnings("unchecked")
    E undeclared = (E) failure;
    throw undeclared;
  }

  /** Hears of the first disturbance, and of other jobs, which may wait for this one's slots. */
  private final class Watch extends SparkListener {
    private volatile boolean isDisturbed;
    private volatile boolean hasGivenWay;

    /** Used by the one thread that calls listeners. */
    private boolean hasBegun;

    @Override
    public void onJobStart(SparkListenerJobStart start) {
      if (hasBegun) {
        hasGivenWay = true;
        exchange.end();
      } else { // What is heard before is of earlier jobs; later ones may have the same description.
        hasBegun = description.equals(start.properties().getProperty(DESCRIPTION));
      }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      isDisturbed |= hasBegun && !(end.reason() instanceof Success$);
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
      isDisturbed = true;
    }
  }
}
