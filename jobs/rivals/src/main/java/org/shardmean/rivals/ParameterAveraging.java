package org.shardmean.rivals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.shardmean.comparison.Course;
import org.shardmean.comparison.Lesson;
import org.shardmean.comparison.Milestone;
import org.shardmean.comparison.Rival;
import org.shardmean.comparison.RivalLibrary;
import org.shardmean.comparison.TrainingClock;
import org.shardmean.data.ImageSet;
import org.shardmean.model.Dl4jNetworks;
import org.shardmean.model.InitialParameters;
import org.shardmean.run.RunConfig;

/** DL4J's {@code ParameterAveragingTrainingMaster}, by its defaults or as often as Shardmean. */
public final class ParameterAveraging implements RivalLibrary {
  private static final String VERSION = "dl4j-spark 1.0.0-M2 beside DL4J 1.0.0-M2.1";

  /** So many tasks for each slot, so that each executor gets one. */
  private static final int TASKS_A_SLOT = 4;

  private static final int BATCHES_IN_A_PART = 8;

  @Override
  public boolean trains(Rival rival) {
    return rival == Rival.DL4J_DEFAULTS || rival == Rival.DL4J_EQUAL;
  }

  @Override
  public void train(Rival rival, JavaSparkContext spark, Lesson lesson, Course.Listener course) {
    Plan plan =
        rival == Rival.DL4J_DEFAULTS
            ? Plan.byDefaults(lesson, canExport(spark))
            : Plan.asOften(lesson);
    course.trainsWith(plan.settings(lesson));
    loadLibraries(spark, lesson);

    TrainingClock clock = TrainingClock.start();
    JavaRDD<DataSet> batches = batches(spark, lesson, plan);
    SparkDl4jMultiLayer trainer =
        new SparkDl4jMultiLayer(spark, start(lesson, plan), plan.trainingMaster());
    course.prepared(clock.seconds());
    for (int epoch = 1; epoch <= lesson.ours().epochs(); epoch++) {
      MultiLayerNetwork network = trainer.fit(batches);
      clock.pause();
      course.passed(
          new Milestone(
              "epoch " + epoch, clock.seconds(), Dl4jExamples.score(network, lesson.validation())));
      clock.goOn();
    }
  }

  /** DL4J refuses to export data to a local file system that executors may not share. */
  private static boolean canExport(JavaSparkContext spark) {
    return spark.isLocal()
        || !"file".equals(FileSystem.getDefaultUri(spark.hadoopConfiguration()).getScheme());
  }

  /**
   * What the training master is told.
   *
   * @param isDefault whether its own defaults stand
   * @param exports whether it writes the data to files first, its default
   * @param workers minibatches that are trained at the same time
   * @param frequency minibatches of each worker between two averagings
   */
  private record Plan(
      boolean isDefault, boolean exports, int workers, int batchSize, int frequency, double rate) {
    private static final int DEFAULT_BATCH = 16;
    private static final int DEFAULT_FREQUENCY = 5;

    /** Adam's own, in its paper and in DL4J. */
    private static final double DEFAULT_RATE = 1e-3;

    static Plan byDefaults(Lesson lesson, boolean canExport) {
      return new Plan(
          true, canExport, lesson.slots(), DEFAULT_BATCH, DEFAULT_FREQUENCY, DEFAULT_RATE);
    }

    /** With Shardmean's workers, minibatches and number of averagings. */
    static Plan asOften(Lesson lesson) {
      int workers = lesson.ours().averaging().workers();
      int batch = lesson.ours().local().batchSize();
      long inARound = (long) workers * batch * lesson.ours().averaging().roundsPerEpoch();
      int frequency = (int) Math.max(1, ceiling(lesson.training().count(), inARound));
      return new Plan(false, false, workers, batch, frequency, lesson.dl4jRate());
    }

    ParameterAveragingTrainingMaster trainingMaster() {
      ParameterAveragingTrainingMaster.Builder builder =
          new ParameterAveragingTrainingMaster.Builder(workers, batchSize);
      if (!exports) {
        builder.rddTrainingApproach(RDDTrainingApproach.Direct);
      }
      if (!isDefault) {
        builder
            .batchSizePerWorker(batchSize)
            .averagingFrequency(frequency)
            .workerPrefetchNumBatches(2)
            .saveUpdater(true)
            .storageLevel(StorageLevel.MEMORY_ONLY());
      }
      return builder.build();
    }

    Map<String, String> settings(Lesson lesson) {
      Map<String, String> settings = new LinkedHashMap<>();
      settings.put("version", VERSION);
      settings.put("class", ParameterAveragingTrainingMaster.class.getSimpleName());
      settings.put("workers", String.valueOf(workers));
      settings.put("batchSizePerWorker", batchSize + (isDefault ? " (default)" : ""));
      settings.put("averagingFrequency", frequency + (isDefault ? " (default)" : ""));
      settings.put("averagings an epoch", String.valueOf(averagings(lesson)));
      settings.put("workerPrefetchNumBatches", isDefault ? "0 (default)" : "2");
      settings.put("saveUpdater", isDefault ? "false (default)" : "true");
      settings.put("storageLevel", isDefault ? "MEMORY_ONLY_SER (default)" : "MEMORY_ONLY");
      settings.put("rddTrainingApproach", approach());
      settings.put("optimizer", "adam, constant learning rate " + rate);
      settings.put("epochs", String.valueOf(lesson.ours().epochs()));
      return settings;
    }

    private String approach() {
      if (exports) {
        return "Export (default)";
      }
      return isDefault ? "Direct (the default, Export, needs a shared file system)" : "Direct";
    }

    private long averagings(Lesson lesson) {
      return ceiling(lesson.training().count(), (long) workers * batchSize * frequency);
    }

    private static long ceiling(long count, long by) {
      return (count + by - 1) / by;
    }
  }

  /** ND4J takes seconds to start, here and on each executor. */
  private static void loadLibraries(JavaSparkContext spark, Lesson lesson) {
    Nd4j.create(1).close();
    int tasks = TASKS_A_SLOT * lesson.slots();
    spark
        .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
        .foreach(task -> Nd4j.create(1).close());
  }

  /** In random order, on the executors. */
  private static JavaRDD<DataSet> batches(JavaSparkContext spark, Lesson lesson, Plan plan) {
    int size = plan.batchSize();
    return SpreadImages.of(
            spark,
            lesson.training(),
            BATCHES_IN_A_PART * size,
            lesson.slots(),
            lesson.ours().seed())
        .flatMap(part -> batches(part, size).iterator());
  }

  private static List<DataSet> batches(ImageSet part, int size) {
    List<DataSet> batches = new ArrayList<>();
    for (int from = 0; from < part.count(); from += size) {
      batches.add(Dl4jExamples.batch(part, from, Math.min(part.count(), from + size)));
    }
    return batches;
  }

  /** Shardmean's own initial parameters. */
  private static MultiLayerNetwork start(Lesson lesson, Plan plan) {
    RunConfig ours = lesson.ours();
    return Dl4jNetworks.network(
        ours.model(),
        InitialParameters.draw(ours.model(), ours.initialWeights(), ours.seed()),
        new Adam(plan.rate()),
        0);
  }
}
