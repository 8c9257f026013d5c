package org.shardmean.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.average.Divergence;
import org.shardmean.average.Drift;
import org.shardmean.average.OuterStep;
import org.shardmean.data.ExampleSource;
import org.shardmean.metrics.Score;
import org.shardmean.run.EarlyStopping;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunListener;
import org.shardmean.run.RunStatus;
import org.shardmean.train.RoundPlan;
import org.shardmean.train.TrainingState;

/** Parameter-averaged training: the main path. */
public final class AveragingLoop {
  private final JavaSparkContext spark;
  private final RunConfig config;
  private final Cluster cluster;
  private final RunListener listener;
  private final Workers workers;

  public AveragingLoop(
      JavaSparkContext spark, RunConfig config, Cluster cluster, RunListener listener) {
    this.spark = spark;
    this.config = config;
    this.cluster = cluster;
    this.listener = listener;
    this.workers = new Workers(spark, config);
  }

  /**
   * Trains from {@code start} on {@code training}, scoring {@code evaluation} after every epoch.
   *
   * <p>The outcome depends on the configuration, the data and the start, never on how many
   * executors or cores there were, which of them failed, or the order they answered in.
   */
  public TrainingOutcome run(ExampleSource training, Evaluation evaluation, TrainingState start) {
    TrainingState state = start;
    TrainingState kept = start;
    OuterStep outer = new OuterStep(config.averaging(), config.model().parameters());
    WorkerMoments moments = new WorkerMoments(config.averaging().moments(), start);
    Divergence divergence = new Divergence(config.model().classes());
    Drift.Meter drift = new Drift.Meter();
    EarlyStopping stopping = new EarlyStopping(config.patience());
    List<EpochRecord> epochs = new ArrayList<>();

    try (EpochShards shards = new EpochShards(spark, config, training, cluster, listener)) {
      for (int epoch = 1; epoch <= config.epochs() && !stopping.isDue(); epoch++) {
        long began = System.nanoTime();
        Shards sharded = shards.of(epoch);
        List<RoundRecord> rounds = new ArrayList<>();
        for (int round = 1; round <= config.averaging().roundsPerEpoch(); round++) {
          Workers.Round back = workers.train(sharded, plan(epoch, round), state, moments.own());
          Optional<String> problem = divergence.judge(back.sum());
          if (problem.isPresent()) {
            return diverged(epoch, round, problem.get(), kept, stopping.keptEpoch(), epochs);
          }
          Drift apart = drift.measure(state.parameters(), back.sum());
          state = moments.after(back, outer.apply(state, back.sum().mean()));
          rounds.add(Records.round(epoch, round, back, apart, cluster, began));
          listener.roundEnded(rounds.get(rounds.size() - 1));
          began = System.nanoTime();
        }
        Score validation = evaluation.score(state.parameters(), "epoch " + epoch + " · evaluation");
        epochs.add(Records.epoch(epoch, rounds, validation, began));
        listener.epochEnded(epochs.get(epochs.size() - 1));
        stopping.epochEnded(validation.accuracy());
        kept = stopping.keepsLastEpoch() ? state : kept;
      }
    }
    RunStatus status = stopping.isDue() ? RunStatus.STOPPED_EARLY : RunStatus.COMPLETED;
    return new TrainingOutcome(status, Optional.empty(), kept, stopping.keptEpoch(), epochs);
  }

  private RoundPlan plan(int epoch, int round) {
    return new RoundPlan(
        config.seed(), config.epochs(), config.averaging().roundsPerEpoch(), epoch, round);
  }

  private static TrainingOutcome diverged(
      int epoch,
      int round,
      String problem,
      TrainingState kept,
      int keptEpoch,
      List<EpochRecord> epochs) {
    String told =
        "epoch %d · round %d: training diverged: %s; lower --learning-rate or lengthen --warmup"
            .formatted(epoch, round, problem);
    return new TrainingOutcome(RunStatus.DIVERGED, Optional.of(told), kept, keptEpoch, epochs);
  }
}
