package org.shardmean.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.average.RoundSum;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.data.ImageSet;
import org.shardmean.experiment.statistics.Spread;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.ModelSpec;
import org.shardmean.spark.Dealing;
import org.shardmean.spark.RoundTrip;
import org.shardmean.spark.Shards;
import org.shardmean.train.Engines;
import org.shardmean.train.LocalResult;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.LocalTrainer;
import org.shardmean.train.RoundPlan;
import org.shardmean.train.TrainingState;

/**
 * Measures what this cluster needs for a step and for a round, with all cores busy at once, as they
 * are in training.
 */
public final class Calibrator {
  private static final int IMAGES = 1024;
  private static final int SEED = 1;
  private static final TrainingState NEXT_TO_NOTHING =
      new TrainingState(new float[1], new float[0], 0);

  private final JavaSparkContext spark;
  private final int cores;
  private final ModelSpec model;
  private final LocalSettings settings;
  private final Effort effort;

  /**
   * How thoroughly.
   *
   * @param secondsPerBatchSize of local steps on every core, and half as much before to warm up
   * @param rounds measured, and as many before to warm up
   */
  public record Effort(double secondsPerBatchSize, int rounds) {
    /** A few seconds in all. */
    public static final Effort THOROUGH = new Effort(0.3, 10);
  }

  public Calibrator(
      JavaSparkContext spark, int cores, ModelSpec model, LocalSettings settings, Effort effort) {
    this.spark = spark;
    this.cores = cores;
    this.model = model;
    this.settings = settings;
    this.effort = effort;
  }

  /**
   * Measures, the batch sizes one after another.
   *
   * @param batchSizes to be measured, at least one
   */
  public Calibration measure(List<Integer> batchSizes) {
    spark.setJobDescription("calibration");
    Map<Integer, Double> imageSeconds = new LinkedHashMap<>();
    for (int batchSize : batchSizes) {
      imageSeconds.put(batchSize, imageSeconds(batchSize));
    }
    TrainingState state =
        TrainingState.initial(InitialParameters.draw(model, SEED), settings.optimizer());
    int bytes = Float.BYTES * (state.parameters().length + state.moments().length);
    LocalResult result = new LocalResult(state, new TrainingScore(1, 0, 0), 1, 0);
    double mean = median(() -> add(result));
    try (Shards shards = oneImageEach()) {
      double empty = median(() -> RoundTrip.run(spark, shards, NEXT_TO_NOTHING));
      double round = median(() -> RoundTrip.run(spark, shards, state)) + mean;
      return new Calibration(cores, imageSeconds, empty, round, mean, bytes);
    }
  }

  /** Seconds of one call, the median of several. */
  private double median(Runnable call) {
    double[] seconds = new double[effort.rounds()];
    for (int i = -effort.rounds(); i < seconds.length; i++) {
      long began = System.nanoTime();
      call.run();
      if (i >= 0) {
        seconds[i] = (System.nanoTime() - began) * 1e-9;
      }
    }
    return Spread.of(seconds).median();
  }

  /** As many sums as a round adds up where each core has one task. */
  private void add(LocalResult result) {
    RoundSum sum = RoundSum.of(result);
    for (int core = 1; core < cores; core++) {
      sum = sum.addInPlace(RoundSum.of(result));
    }
  }

  private Shards oneImageEach() {
    return new Shards(
        spark,
        "calibration",
        new GeneratedExamples(cores, SEED, false),
        new Dealing.InOrder(cores),
        cores);
  }

  private double imageSeconds(int batchSize) {
    LocalSettings local =
        new LocalSettings(
            settings.engine(),
            settings.optimizer(),
            settings.rate(),
            batchSize,
            settings.weightDecay(),
            settings.labelSmoothing(),
            settings.inputDropout());
    ModelSpec network = model;
    double seconds = effort.secondsPerBatchSize();
    List<Double> measured =
        spark
            .parallelize(oneEach(), cores)
            .map(core -> imageSeconds(network, local, core, seconds))
            .collect();
    return measured.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static double imageSeconds(
      ModelSpec model, LocalSettings settings, int core, double seconds) {
    int images = Math.max(IMAGES, 2 * settings.batchSize());
    ImageSet shard =
        new GeneratedExamples(images, SEED + core, false)
            .select(IntStream.range(0, images).toArray());
    TrainingState start =
        TrainingState.initial(InitialParameters.draw(model, SEED), settings.optimizer());
    try (LocalTrainer trainer =
        new LocalTrainer(Engines.create(model, settings), model.inputs(), settings)) {
      train(trainer, core, shard, start, seconds / 2);
      return train(trainer, core, shard, start, seconds);
    }
  }

  /** Seconds an image, over at least so many seconds of training. */
  private static double train(
      LocalTrainer trainer, int core, ImageSet shard, TrainingState start, double seconds) {
    RoundPlan plan = new RoundPlan(SEED, 1, 1, 1, 1);
    double spent = 0;
    long images = 0;
    while (spent < seconds) {
      spent += trainer.train(plan, core, shard, start).seconds();
      images += shard.count();
    }
    return spent / images;
  }

  private List<Integer> oneEach() {
    return new ArrayList<>(IntStream.range(0, cores).boxed().toList());
  }
}
