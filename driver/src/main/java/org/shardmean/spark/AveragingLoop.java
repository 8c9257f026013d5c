package org.shardmean.spark;

import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.average.Divergence;
import org.shardmean.average.Drift;
import org.shardmean.average.OuterStep;
import org.shardmean.data.ExampleSource;
import org.shardmean.metrics.Score;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.run.Progress;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunListener;
import org.shardmean.run.RunStatus;
import org.shardmean.train.TrainingState;

/** Parameter-averaged training: the main path. */
public final class AveragingLoop {
  private final JavaSparkContext spark;
  private final RunConfig config;
  private final Cluster cluster;
  private final RunListener listener;

  /**
   * A loop that has not begun.
   *
   * @param config every setting, derived ones included
   * @param cluster where the workers run
   * @param listener hears of every round, epoch and disturbance; the loop waits for it
   */
  public AveragingLoop(
      JavaSparkContext spark, RunConfig config, Cluster cluster, RunListener listener) {
    this.spark = spark;
    this.config = config;
    this.cluster = cluster;
    this.listener = listener;
  }

  /** As {@link #run(ExampleSource, Evaluation, Progress, Consumer)}, from the very start. */
  public TrainingOutcome run(ExampleSource training, Evaluation evaluation, TrainingState start) {
    return run(training, evaluation, Progress.start(start, config.averaging()), now -> {});
  }

  /**
   * Trains on {@code training}, scoring {@code evaluation} after every epoch.
   *
   * <p>The outcome depends on the configuration, the data and where the run starts, never on how
   * many executors or cores there were, which of them failed, the order they answered in, or
   * whether another driver had come as far as {@code start}.
   *
   * @param passed hears of the progress after every round and every epoch; what it throws ends the
   *     run
   */
  public TrainingOutcome run(
      ExampleSource training, Evaluation evaluation, Progress start, Consumer<Progress> passed) {
    Progress now = start;
    try (EpochShards shards =
            new EpochShards(spark, config, training, cluster, listener, now.epoch());
        Workers workers = new Workers(spark, config, evaluation)) {
      workers.prepare(shards, now);
      while (!now.isDone(config)) {
        long began = System.nanoTime();
        Shards sharded = shards.of(now.epoch());
        while (now.round() <= config.averaging().roundsPerEpoch()) {
          Workers.Round back = workers.train(sharded, now);
          Divergence divergence = new Divergence(lossOfGuessing(), now.unjudged());
          Optional<String> problem = divergence.judge(back.sum());
          if (problem.isPresent()) {
            return diverged(now, problem.get());
          }
          now = averaged(now, back, divergence.unjudged(), began);
          listener.roundEnded(now.lastRound());
          passed.accept(now);
          began = System.nanoTime();
        }
        Score validation = workers.score(now.epoch(), now.state().parameters());
        now = now.afterEpoch(Records.epoch(now, validation, began), config.patience());
        listener.epochEnded(now.lastEpoch());
        passed.accept(now);
      }
    }
    return TrainingOutcome.ended(now, config.patience());
  }

  private double lossOfGuessing() {
    return config.model().output().lossOfGuessing(config.model().outputs());
  }

  /** Takes the outer step towards the workers' mean. */
  private Progress averaged(Progress now, Workers.Round back, TrainingScore unjudged, long began) {
    Drift.Meter meter = new Drift.Meter(now.lastStep());
    Drift drift = meter.measure(now.state().parameters(), back.sum());
    OuterStep outer = new OuterStep(config.averaging(), now.velocity());
    TrainingState stepped = outer.stepInPlace(now.state(), back.sum().mean());
    return new Progress(
        config.averaging().moments().nextStart(stepped, config.local().optimizer()),
        back.own(),
        outer.velocity(),
        meter.lastStep(),
        unjudged,
        now.kept(),
        now.epochs(),
        now.roundsWith(Records.round(now, back, drift, cluster, began)));
  }

  private TrainingOutcome diverged(Progress now, String problem) {
    String told =
        "epoch %d · round %d: training diverged: %s; lower --learning-rate or lengthen --warmup"
            .formatted(now.epoch(), now.round(), problem);
    return TrainingOutcome.stopped(RunStatus.DIVERGED, told, now, config.patience());
  }
}
