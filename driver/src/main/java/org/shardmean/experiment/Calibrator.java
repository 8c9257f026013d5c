package org.shardmean.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.Examples;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.experiment.statistics.Spread;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.ModelSpec;
import org.shardmean.run.RunConfig;
import org.shardmean.spark.Cluster;
import org.shardmean.spark.Dealing;
import org.shardmean.spark.RoundTrip;
import org.shardmean.spark.Shards;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.LocalTrainer;
import org.shardmean.train.RoundPlan;
import org.shardmean.train.TrainingState;
import org.shardmean.wire.WireFormat;

/**
 * Measures what this cluster needs for a step and for a round, with the data's own images and all
 * cores busy at once, as they are in training.
 */
public final class Calibrator {
  private static final int SEED = 1;
  private static final TrainingState NEXT_TO_NOTHING =
      new TrainingState(new float[1], new float[0], 0);

  /** Images that the steps are measured with: fewer where they are large. */
  private static final int MOST_IMAGES = 1024;

  private static final int MOST_BYTES = 8 << 20;

  /** Local steps are measured in stretches of this many seconds, of which the fastest counts. */
  private static final double STRETCH_SECONDS = 0.1;

  private static final int STRETCHES = 8;

  /** Rounds measured, and as many before them to warm up. */
  private static final int ROUNDS = 10;

  private final JavaSparkContext spark;
  private final int executors;
  private final int cores;
  private final ExampleSource images;
  private final ModelSpec model;
  private final LocalSettings settings;
  private final WireFormat format;

  /**
   * Nothing is measured yet.
   *
   * @param images that are trained on; some of them are sent to every core
   * @param config of the training
   */
  public Calibrator(
      JavaSparkContext spark, Cluster cluster, ExampleSource images, RunConfig config) {
    this.spark = spark;
    this.executors = Math.max(1, cluster.executors());
    this.cores = cluster.cores();
    this.images = images;
    this.model = config.model();
    this.settings = config.local();
    this.format = config.averaging().wire();
  }

  /**
   * Measures, the batch sizes one after another: about a second each, and another for rounds.
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
    double mean = median(() -> RoundTrip.addHere(cores, state, format));
    try (Shards shards = oneImageEach()) {
      double empty = median(() -> RoundTrip.run(spark, shards, NEXT_TO_NOTHING, format));
      double round = median(() -> RoundTrip.run(spark, shards, state, format));
      return new Calibration(executors, cores, imageSeconds, empty, round, mean, bytes(state));
    }
  }

  /** Seconds of one call, the median of several. */
  private static double median(Runnable call) {
    double[] seconds = new double[ROUNDS];
    for (int i = -ROUNDS; i < seconds.length; i++) {
      long began = System.nanoTime();
      call.run();
      if (i >= 0) {
        seconds[i] = (System.nanoTime() - began) * 1e-9;
      }
    }
    return Spread.of(seconds).median();
  }

  /** Of a state on the wire: out to each executor and back from each core, on average. */
  private int bytes(TrainingState state) {
    int parameters = state.parameters().length;
    int moments = state.moments().length;
    long all =
        executors * format.bytesOfStart(parameters, moments)
            + cores * format.bytesOfBack(parameters, moments);
    return Math.toIntExact(all / (executors + cores));
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
    LocalSettings local = settings.withBatchSize(batchSize);
    ModelSpec network = model;
    Broadcast<Examples> sample = spark.broadcast(sample(batchSize));
    try {
      List<Double> measured =
          spark
              .parallelize(oneEach(), cores)
              .map(core -> imageSeconds(network, local, core, sample.value()))
              .collect();
      return measured.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    } finally {
      sample.destroy();
    }
  }

  /** Images spread evenly over the data, again from the first where there are too few. */
  private Examples sample(int batchSize) {
    int size = images.height() * images.width();
    int most = Math.max(batchSize, Math.min(MOST_IMAGES, MOST_BYTES / size));
    int[] spread = new int[most];
    for (int i = 0; i < most; i++) {
      spread[i] = (int) ((long) i * Math.max(most, images.count()) / most % images.count());
    }
    return images.select(spread);
  }

  /**
   * Seconds of one image: those of the fastest stretch, because what the compiler and other people
   * take only ever adds to them.
   */
  private static double imageSeconds(
      ModelSpec model, LocalSettings settings, int core, Examples shard) {
    TrainingState start =
        TrainingState.initial(InitialParameters.draw(model, SEED), settings.optimizer());
    double fastest = Double.POSITIVE_INFINITY;
    try (LocalTrainer trainer = new LocalTrainer(model, settings)) {
      for (int stretch = 0; stretch < STRETCHES; stretch++) {
        fastest = Math.min(fastest, stretch(trainer, core, shard, start));
      }
    }
    return fastest;
  }

  private static double stretch(
      LocalTrainer trainer, int core, Examples shard, TrainingState start) {
    RoundPlan plan = new RoundPlan(SEED, 1, 1, 1, 1);
    double spent = 0;
    long trained = 0;
    while (spent < STRETCH_SECONDS) {
      spent += trainer.train(plan, core, shard, start).seconds();
      trained += shard.count();
    }
    return spent / trained;
  }

  private List<Integer> oneEach() {
    return new ArrayList<>(IntStream.range(0, cores).boxed().toList());
  }
}
