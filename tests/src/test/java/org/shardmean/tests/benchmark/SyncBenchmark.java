package org.shardmean.tests.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.average.AveragingSettings;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.model.Activation;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.ModelSpec;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunListener;
import org.shardmean.spark.AveragingLoop;
import org.shardmean.spark.Cluster;
import org.shardmean.spark.Evaluation;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LearningRate;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.Optimizer;
import org.shardmean.train.TrainingState;

/**
 * What a round costs beyond its local steps, beside an empty Spark job of as many tasks. The rounds
 * are those of the averaging loop that {@code train} runs, on so little data that each worker does
 * one step on one image in each; after every round comes one empty job.
 */
public final class SyncBenchmark {
  static final int WORKERS = 2;

  /** Networks of 0.1, 1 and 10 million parameters. */
  static final List<ModelSpec> NETWORKS =
      List.of(
          ModelSpec.parse("784-128-64-10", Activation.RELU),
          ModelSpec.parse("784-1000-200-10", Activation.RELU),
          ModelSpec.parse("784-3000-2500-10", Activation.RELU));

  private static final long SEED = 1;

  private SyncBenchmark() {}

  /**
   * Measures one network.
   *
   * @param where as the table names the master
   * @param warmUp rounds before, which do not count
   * @param rounds that count
   */
  static SyncCost measure(
      JavaSparkContext spark, String where, ModelSpec network, int warmUp, int rounds) {
    RunConfig config = config(network, warmUp + rounds);
    RoundsAndEmptyJobs measured = new RoundsAndEmptyJobs(spark, warmUp);
    GeneratedExamples training = new GeneratedExamples(WORKERS * (warmUp + rounds), SEED, false);
    GeneratedExamples validation = new GeneratedExamples(10, SEED, true);
    TrainingState start =
        TrainingState.initial(InitialParameters.draw(network, SEED), Optimizer.ADAM);
    try (Evaluation evaluation = new Evaluation(spark, network, EngineKind.FUSED, validation, 1)) {
      new AveragingLoop(spark, config, Cluster.of(spark), measured)
          .run(training, evaluation, start);
    }
    return new SyncCost(
        where,
        network.parameters(),
        WORKERS,
        Spread.of(measured.rounds),
        Spread.of(measured.syncs),
        Spread.of(measured.emptyJobs));
  }

  private static RunConfig config(ModelSpec network, int rounds) {
    return RunConfig.of(network)
        .withEpochs(1)
        .withLocal(
            LocalSettings.of(EngineKind.FUSED, Optimizer.ADAM, LearningRate.constant(1e-4), 1))
        .withAveraging(AveragingSettings.mean(WORKERS, rounds))
        .withSeed(SEED);
  }

  /** One line for each network and master; figures are medians, with their spread. */
  static String table(List<SyncCost> costs) {
    StringBuilder table = new StringBuilder();
    table.append(
        "%-24s %10s %10s %22s %22s %9s%n"
            .formatted("master", "parameters", "round ms", "sync ms", "empty job ms", "sync/job"));
    for (SyncCost cost : costs) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-24s %,10d %10.1f %8.1f (%5.1f-%6.1f) %8.1f (%5.1f-%6.1f) %8.2fx%n",
              cost.master(),
              cost.parameters(),
              cost.round().median(),
              cost.sync().median(),
              cost.sync().lowest(),
              cost.sync().highest(),
              cost.emptyJob().median(),
              cost.emptyJob().lowest(),
              cost.emptyJob().highest(),
              cost.timesEmptyJob()));
    }
    return table.toString();
  }

  /** Writes down every round, and runs an empty job after it. */
  private static final class RoundsAndEmptyJobs implements RunListener {
    private final List<Double> rounds = new ArrayList<>();
    private final List<Double> syncs = new ArrayList<>();
    private final List<Double> emptyJobs = new ArrayList<>();
    private final JavaRDD<Integer> tasks;
    private final int warmUp;

    RoundsAndEmptyJobs(JavaSparkContext spark, int warmUp) {
      this.tasks = spark.parallelize(IntStream.range(0, WORKERS).boxed().toList(), WORKERS);
      this.warmUp = warmUp;
    }

    @Override
    public void roundEnded(RoundRecord round) {
      double emptyJob = emptyJob();
      if (round.round() > warmUp) {
        rounds.add(1e3 * round.time().total());
        syncs.add(1e3 * round.time().sync());
        emptyJobs.add(emptyJob);
      }
    }

    private double emptyJob() {
      long began = System.nanoTime();
      tasks.foreachPartition(nothing -> {});
      return (System.nanoTime() - began) * 1e-6;
    }
  }
}
