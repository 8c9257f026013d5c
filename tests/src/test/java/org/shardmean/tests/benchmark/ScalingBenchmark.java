package org.shardmean.tests.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;
import org.apache.spark.storage.RDDInfo;
import org.shardmean.average.AveragingSettings;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.model.InitialParameters;
import org.shardmean.run.EpochRecord;
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
 * One worker and two, each on an executor of its own with one core, on a standalone cluster: how
 * many images a second, and how much memory an executor takes.
 */
public final class ScalingBenchmark {
  private static final long SEED = 1;
  private static final int BATCH = 64;
  private static final int ROUNDS = 4;

  private ScalingBenchmark() {}

  /**
   * Measures strong and weak scaling.
   *
   * @param images in all where scaling is strong, and half as many a worker where it is weak
   */
  static List<ScalingSpeed> measure(String master, int images, int epochs) {
    List<ScalingSpeed> speeds = new ArrayList<>();
    for (int workers = 1; workers <= 2; workers++) {
      speeds.add(measure("strong", master, workers, images, epochs));
    }
    for (int workers = 1; workers <= 2; workers++) {
      speeds.add(measure("weak", master, workers, workers * (images / 2), epochs));
    }
    return speeds;
  }

  private static ScalingSpeed measure(
      String kind, String master, int workers, int images, int epochs) {
    RunConfig config = config(workers, epochs);
    GeneratedExamples training = new GeneratedExamples(images, SEED, false);
    GeneratedExamples validation = new GeneratedExamples(100, SEED, true);
    TrainingState start =
        TrainingState.initial(InitialParameters.draw(BenchmarkSetting.SPEC, SEED), Optimizer.ADAM);
    try (JavaSparkContext spark = ClusterContexts.open(master, workers);
        Evaluation evaluation =
            new Evaluation(spark, config.model(), EngineKind.FUSED, validation, 1)) {
      Epochs measured = new Epochs(spark);
      new AveragingLoop(spark, config, Cluster.of(spark), measured)
          .run(training, evaluation, start);
      return new ScalingSpeed(
          kind,
          workers,
          images,
          Spread.of(measured.imagesPerSecond),
          measured.shardBytes,
          measured.heapBytes);
    }
  }

  private static RunConfig config(int workers, int epochs) {
    return RunConfig.of(BenchmarkSetting.SPEC)
        .withEpochs(epochs)
        .withLocal(
            LocalSettings.of(
                EngineKind.FUSED,
                Optimizer.ADAM,
                LearningRate.constant(BenchmarkSetting.RATE),
                BATCH))
        .withAveraging(AveragingSettings.mean(workers, ROUNDS))
        .withSeed(SEED);
  }

  /** One line for each number of workers; images a second are medians over epochs. */
  static String table(List<ScalingSpeed> speeds) {
    StringBuilder table = new StringBuilder();
    table.append(
        "%-8s %7s %9s %11s %25s %10s %9s%n"
            .formatted(
                "scaling",
                "workers",
                "images",
                "images/s",
                "lowest-highest",
                "shard MB",
                "heap MB"));
    for (ScalingSpeed speed : speeds) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-8s %7d %,9d %,11.0f %,12.0f-%,12.0f %10.1f %9.0f%n",
              speed.kind(),
              speed.workers(),
              speed.images(),
              speed.imagesPerSecond().median(),
              speed.imagesPerSecond().lowest(),
              speed.imagesPerSecond().highest(),
              speed.shardBytes() * 1e-6,
              speed.heapBytes() * 1e-6));
    }
    return table.toString();
  }

  /** Writes down every epoch but the first, and what the executors say of their memory. */
  private static final class Epochs implements RunListener {
    private final JavaSparkContext spark;
    private final List<Double> imagesPerSecond = new ArrayList<>();
    private long shardBytes;
    private long heapBytes;

    Epochs(JavaSparkContext spark) {
      this.spark = spark;
    }

    @Override
    public void epochEnded(EpochRecord epoch) {
      if (epoch.epoch() > 1) {
        imagesPerSecond.add(epoch.imagesPerSecond());
      }
      for (RDDInfo stored : spark.sc().getRDDStorageInfo()) {
        // Not what the executors' page says: that still counts broadcasts that were released.
        shardBytes =
            Math.max(shardBytes, stored.memSize() / Math.max(1, stored.numCachedPartitions()));
      }
      scala.collection.Iterator<ExecutorSummary> executors =
          spark.sc().statusStore().executorList(true).iterator();
      while (executors.hasNext()) {
        ExecutorSummary executor = executors.next();
        if (!executor.id().equals("driver")) {
          if (executor.peakMemoryMetrics().isDefined()) {
            heapBytes =
                Math.max(
                    heapBytes, executor.peakMemoryMetrics().get().getMetricValue("JVMHeapMemory"));
          }
        }
      }
    }
  }
}
