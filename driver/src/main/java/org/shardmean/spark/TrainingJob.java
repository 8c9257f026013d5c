package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.SparkConf;
import org.apache.spark.Success$;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.shardmean.average.RoundWire;
import org.shardmean.metrics.Score;
import org.shardmean.train.RoundPlan;
import org.shardmean.train.TrainingState;

/**
 * One Spark job for all rounds and evaluations of a training: its tasks stay, and between two steps
 * only the states cross. A job for each cost two to three times as much sync on a cluster of JVMs
 * that were still cold.
 *
 * <p>Where an executor is lost, its tasks' work is done by the other tasks, until Spark has started
 * them again elsewhere. In a training that takes longer, each task keeps a second copy of another
 * one's images for that.
 *
 * <p>It gives up where a task failed or is lost again and again, gets no slot, where no task is
 * left, or the images of lost ones might not fit beside the others'. Then its tasks end when they
 * are done with the current step, what is missing of it is done by another job, and the rest of the
 * epoch (where slots are missing, of the run) has a job for each step. It gives way to any other
 * job on the same context, such as a listener's between two rounds, which would wait for its slots
 * for ever: the tasks end when they are done with the current step.
 */
final class TrainingJob implements AutoCloseable {
  /** Tells whether a training may be one job; for trying what that is worth. */
  static final String ALLOWED = "spark.shardmean.roundsInOneJob";

  /** Spark overtakes a slow task once others of its job have ended; tasks that stay do not. */
  private static final String SPECULATION = "spark.speculation";

  private static final String DESCRIPTION = "spark.job.description";
  private static final long LOOK_MILLIS = 10;
  private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final int END_SECONDS = 10;

  /**
   * When second copies go out. They take the time of a round or two; by then that is about a
   * hundredth of the training.
   */
  static final String COPIES_AFTER = "spark.shardmean.copiesAfterSeconds";

  private static final long COPIES_AFTER_SECONDS = 10;

  /** States travel through the driver once for each task; above this, broadcasts do better. */
  private static final long MOST_BYTES = 64L << 20;

  private final JavaSparkContext spark;
  private final Shards shards;
  private final TaskExchange exchange;
  private final RpcEndpointRef endpoint;
  private final Watch watch = new Watch();
  private final String description;
  private final Thread job;
  private final long copiesDue;

  /** What a task's images need without a doubt. */
  private final long bytesOfATask;

  /** Where the tasks were when they were last told what to keep second copies of. */
  private Map<Integer, String> copied = Map.of();

  private volatile Throwable failure;
  private boolean hasBegunStep;

  private TrainingJob(JavaSparkContext spark, Shards shards, TrainingTask task, long bytesOfATask) {
    this.bytesOfATask = bytesOfATask;
    this.spark = requireNonNull(spark, "spark");
    this.shards = requireNonNull(shards, "shards");
    this.description = spark.getLocalProperty(DESCRIPTION);
    RpcEnv rpcEnv = spark.sc().env().rpcEnv();
    this.copiesDue =
        System.nanoTime()
            + TimeUnit.SECONDS.toNanos(spark.getConf().getLong(COPIES_AFTER, COPIES_AFTER_SECONDS));
    this.exchange = new TaskExchange(rpcEnv, shards.blocks().size());
    this.endpoint = rpcEnv.setupEndpoint(task.exchange(), exchange);
    this.job = new Thread(() -> run(task), task.exchange());
  }

  /**
   * Whether all tasks have a slot, Spark need not overtake any, and their images and states are
   * small enough to be held for so long.
   *
   * @param bytes of a round's states, to all tasks together
   */
  static boolean isWorthIt(
      JavaSparkContext spark, Shards shards, Evaluation evaluation, long bytes) {
    SparkConf conf = spark.getConf();
    return bytes <= MOST_BYTES
        && conf.getBoolean(ALLOWED, true)
        && !conf.getBoolean(SPECULATION, false)
        && shards.blocks().size() <= Cluster.slots(spark)
        && shards.areInMemory()
        && evaluation.isInMemory();
  }

  /**
   * Starts the tasks.
   *
   * @param bytesOfATask what a task's images need without a doubt
   * @param epoch that comes first
   * @param last epoch
   */
  static TrainingJob start(
      JavaSparkContext spark,
      Shards shards,
      TrainingTask task,
      long bytesOfATask,
      int epoch,
      int last) {
    // Before the thread is made, because that is when it inherits the description.
    spark.setJobDescription("epochs %d to %d".formatted(epoch, last));
    TrainingJob training = new TrainingJob(spark, shards, task, bytesOfATask);
    spark.sc().addSparkListener(training.watch);
    training.job.setDaemon(true);
    training.job.start();
    return training;
  }

  /** Whether its tasks train on these shards. */
  boolean isOn(Shards others) {
    return others == shards;
  }

  private void run(TrainingTask task) {
    try {
      shards.inBlocks(task);
    } catch (Throwable e) { // Spark throws checked exceptions undeclared.
      failure = e;
    }
  }

  /**
   * Waits until every task holds its images and waits for the first step.
   *
   * @return false if the job was disturbed, after which it must be ended
   */
  boolean isReady() {
    spark.sc().listenerBus().post(TrainingStep.begins(EpochShards.SHARDING));
    while (!exchange.isReady(LOOK_MILLIS)) {
      if (isHindered()) {
        return false;
      }
    }
    spark.sc().listenerBus().post(TrainingStep.ends(EpochShards.SHARDING));
    return true;
  }

  /**
   * One round, whose answers {@link #trained} has.
   *
   * @return false if the job was disturbed, after which it must be ended
   */
  boolean round(RoundWire wire, TrainingState start) {
    RoundPlan plan = wire.plan();
    return isDone(
        "epoch %d · round %d".formatted(plan.epoch(), plan.round()),
        step -> new Message.Train(step, plan, wire.start(start)));
  }

  /**
   * The answers to the last round that have come, by block. Once a disturbed job has ended, no more
   * will come; those that are here need not be computed again.
   */
  SortedMap<Integer, RoundAnswer> trained() {
    SortedMap<Integer, RoundAnswer> trained = new TreeMap<>();
    if (hasBegunStep) {
      exchange
          .answers()
          .forEach((block, answer) -> trained.put(block, ((Message.Trained) answer).answer()));
    }
    return trained;
  }

  /**
   * One evaluation.
   *
   * @return the sums of each block of validation images, in order; empty if the job was disturbed,
   *     after which it must be ended
   */
  Optional<List<List<Score>>> scores(int epoch, float[] parameters) {
    if (!isDone(Evaluation.description(epoch), step -> new Message.Validate(step, parameters))) {
      return Optional.empty();
    }
    return Optional.of(
        ScoringWork.inOrder(
            exchange.answers().values().stream()
                .map(one -> ((Message.Scored) one).sums())
                .toList()));
  }

  private boolean isDone(String what, IntFunction<Message> work) {
    hasBegunStep = !watch.hasGivenWay;
    if (!hasBegunStep) {
      return false;
    }
    spark.sc().listenerBus().post(TrainingStep.begins(what));
    exchange.begin(work);
    copyOnceDue();
    while (!exchange.isComplete(LOOK_MILLIS)) {
      if (isHindered()) {
        return false;
      }
    }
    spark.sc().listenerBus().post(TrainingStep.ends(what));
    return true;
  }

  /** Also again, when lost tasks are back elsewhere. */
  private void copyOnceDue() {
    if (System.nanoTime() < copiesDue || exchange.lost() > 0) {
      return;
    }
    Map<Integer, String> places = watch.places();
    if (!places.equals(copied)) {
      copied = places;
      if (fit(SecondCopies.mostOnOneExecutor(places))) {
        exchange.copy(SecondCopies.blocks(places));
      }
    }
  }

  /** Whether each executor has room for the images of so many more tasks, without a doubt. */
  private boolean fit(int tasks) {
    return tasks * bytesOfATask <= Cluster.leastFreeMemory(spark);
  }

  private boolean isHindered() {
    return watch.isDisturbed || !job.isAlive() || lacksTasks();
  }

  /** Whether a task has had no slot for some time, so that others wait for it in vain. */
  boolean lacksTasks() {
    return watch.lacksTasks(shards.blocks().size());
  }

  /**
   * After a disturbance: waits for the tasks to end, so that the next job finds free slots.
   *
   * @throws ClusterException if they do not; and whatever the job failed with
   */
  void endDisturbed() {
    if (!isOverWithin(ExecutorWait.PATIENCE_SECONDS)) {
      throw new ClusterException(
          "expected the tasks of a training to end within %d s after a disturbance, found them still at work; --resume goes on from the last checkpoint"
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

    /** Of this job's only stage; other threads may run other jobs. */
    private int stage;

    /** The executor of each task that was given a slot, by number. */
    private final SortedMap<Integer, String> places = new TreeMap<>();

    /** How often each task was lost, by number; Spark ends a job for one that is lost too often. */
    private final Map<Integer, Integer> losses = new HashMap<>();

    private long firstStarted;

    @Override
    public void onJobStart(SparkListenerJobStart start) {
      if (hasBegun) {
        hasGivenWay = true;
        exchange.end();
      } else { // What is heard before is of earlier jobs; later ones may have the same description.
        hasBegun = description.equals(start.properties().getProperty(DESCRIPTION));
        stage = start.stageInfos().apply(0).stageId();
      }
    }

    @Override
    public synchronized void onTaskStart(SparkListenerTaskStart start) {
      if (hasBegun && start.stageId() == stage) {
        firstStarted = places.isEmpty() ? System.nanoTime() : firstStarted;
        places.put(start.taskInfo().index(), start.taskInfo().executorId());
      }
    }

    synchronized boolean lacksTasks(int all) {
      return !places.isEmpty()
          && places.size() < all
          && System.nanoTime() - firstStarted > LATE_NANOS;
    }

    synchronized SortedMap<Integer, String> places() {
      return new TreeMap<>(places);
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      if (!hasBegun || end.stageId() != stage) {
        return;
      }
      if (end.reason() instanceof ExecutorLostFailure) {
        TaskInfo attempt = end.taskInfo();
        exchange.lose(new Message.Asker(attempt.index(), attempt.attemptNumber()));
        isDisturbed |= losses.merge(attempt.index(), 1, Integer::sum) >= mostLosses() || !canGoOn();
      } else {
        isDisturbed |= !(end.reason() instanceof Success$);
      }
    }

    /** One less than ends a job. */
    private int mostLosses() {
      return spark.getConf().getInt("spark.task.maxFailures", 4) - 1;
    }

    /** Whether a task is left, and the images of the lost ones fit beside its own. */
    private boolean canGoOn() {
      int lost = exchange.lost();
      return lost < shards.blocks().size() && fit(lost);
    }
  }
}
