package org.shardmean.rivals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.shardmean.comparison.Course;
import org.shardmean.comparison.Lesson;
import org.shardmean.comparison.Milestone;
import org.shardmean.comparison.Rival;
import org.shardmean.comparison.RivalLibrary;
import org.shardmean.comparison.TrainingClock;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.ImageSet;
import org.shardmean.metrics.ConfusionMatrix;

/** Spark's own perceptron: sigmoid units, and L-BFGS over all images, about a pass an iteration. */
public final class MllibPerceptron implements RivalLibrary {
  private static final String LABEL = "label";
  private static final String FEATURES = "features";
  private static final StructType COLUMNS =
      new StructType(
          new StructField[] {
            DataTypes.createStructField(LABEL, DataTypes.DoubleType, false),
            DataTypes.createStructField(FEATURES, SQLDataTypes.VectorType(), false)
          });

  private static final int IMAGES_IN_A_PART = 256;

  /** MLlib's default, 128, and others. */
  private static final List<Integer> BLOCK_SIZES = List.of(32, 128, 512, 2048);

  private static final int TUNED_ON = 12_000;
  private static final int TUNING_ITERATIONS = 3;
  private static final int MOST_MILESTONES = 5;

  @Override
  public boolean trains(Rival rival) {
    return rival == Rival.MLLIB;
  }

  @Override
  public void train(Rival rival, JavaSparkContext spark, Lesson lesson, Course.Listener course) {
    SparkSession session = SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
    String blas = blas(spark, lesson.slots());
    Map<Integer, Double> tuned = secondsByBlockSize(spark, session, lesson);
    int blockSize = fastest(tuned);
    course.trainsWith(settings(spark, lesson, blas, tuned));
    Dataset<Row> validation = rows(spark, session, lesson, lesson.validation());

    TrainingClock clock = TrainingClock.start();
    Dataset<Row> training = rows(spark, session, lesson, lesson.training());
    double preparation = clock.seconds();
    course.prepared(preparation);
    for (int iterations : milestones(lesson.mllibIterations())) {
      TrainingClock own = TrainingClock.start();
      MultilayerPerceptronClassificationModel model =
          classifier(lesson, iterations, blockSize).fit(training);
      own.pause();
      String label = iterations + (iterations == 1 ? " iteration" : " iterations");
      course.passed(
          new Milestone(
              label,
              preparation + own.seconds(),
              score(model, validation, lesson.validation().classes())));
    }
  }

  /** The number that was asked for, its half, a quarter and so on, in order. */
  static List<Integer> milestones(int iterations) {
    TreeSet<Integer> milestones = new TreeSet<>();
    for (int at = iterations; at >= 1 && milestones.size() < MOST_MILESTONES; at /= 2) {
      milestones.add(at);
    }
    return List.copyOf(milestones);
  }

  private static MultilayerPerceptronClassifier classifier(
      Lesson lesson, int iterations, int blockSize) {
    return new MultilayerPerceptronClassifier()
        .setLabelCol(LABEL)
        .setFeaturesCol(FEATURES)
        .setLayers(lesson.ours().model().layers().stream().mapToInt(Integer::intValue).toArray())
        .setMaxIter(iterations)
        .setBlockSize(blockSize)
        .setSeed(lesson.ours().seed());
  }

  private static Map<String, String> settings(
      JavaSparkContext spark, Lesson lesson, String blas, Map<Integer, Double> tuned) {
    MultilayerPerceptronClassifier classifier = classifier(lesson, 1, fastest(tuned));
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("version", version(spark));
    settings.put("class", MultilayerPerceptronClassifier.class.getSimpleName());
    settings.put("solver", classifier.getSolver() + " (default)");
    settings.put("hidden units", "sigmoid (no other is offered)");
    settings.put("maxIter", String.valueOf(lesson.mllibIterations()));
    settings.put("tol", classifier.getTol() + " (default)");
    settings.put("blockSize", classifier.getBlockSize() + ", the fastest of " + tuned.keySet());
    settings.put("partitions", String.valueOf(lesson.slots()));
    settings.put("linear algebra", blas);
    return settings;
  }

  private static String version(JavaSparkContext spark) {
    String file =
        String.valueOf(
            MultilayerPerceptronClassifier.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation());
    return "%s on Spark %s".formatted(file.substring(file.lastIndexOf('/') + 1), spark.version());
  }

  /** Before anything else of MLlib's is asked for, on the driver and on the executors. */
  private static String blas(JavaSparkContext spark, int slots) {
    TreeSet<String> used = new TreeSet<>();
    used.add(NativeBlas.use());
    int tasks = 4 * slots;
    used.addAll(
        spark
            .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
            .map(task -> NativeBlas.use())
            .collect());
    return String.join(", ", used)
        + (used.equals(new TreeSet<>(List.of("JNIBLAS"))) ? " (native: Shardmean's OpenBLAS)" : "");
  }

  /** Seconds of a few iterations on some of the images, by size; a first run warms up. */
  private static Map<Integer, Double> secondsByBlockSize(
      JavaSparkContext spark, SparkSession session, Lesson lesson) {
    ExampleSource all = lesson.training();
    ImageSet some =
        all.select(IntStream.range(0, Math.min(TUNED_ON, all.count())).toArray()).images();
    Dataset<Row> rows = rows(spark, session, lesson, some);
    classifier(lesson, TUNING_ITERATIONS, BLOCK_SIZES.get(0)).fit(rows);
    Map<Integer, Double> seconds = new LinkedHashMap<>();
    for (int size : BLOCK_SIZES) {
      TrainingClock clock = TrainingClock.start();
      classifier(lesson, TUNING_ITERATIONS, size).fit(rows);
      seconds.put(size, clock.seconds());
    }
    rows.unpersist(true);
    return seconds;
  }

  private static int fastest(Map<Integer, Double> seconds) {
    return seconds.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  /** In memory, on the executors. */
  private static Dataset<Row> rows(
      JavaSparkContext spark, SparkSession session, Lesson lesson, ExampleSource images) {
    JavaRDD<Row> rows =
        SpreadImages.of(spark, images, IMAGES_IN_A_PART, lesson.slots(), lesson.ours().seed())
            .flatMap(part -> rows(part).iterator());
    Dataset<Row> dataset = session.createDataFrame(rows, COLUMNS).cache();
    dataset.count();
    return dataset;
  }

  private static List<Row> rows(ImageSet part) {
    List<Row> rows = new ArrayList<>();
    float[] image = new float[part.pixels()];
    for (int i = 0; i < part.count(); i++) {
      part.scaleInto(i, image, 0);
      rows.add(RowFactory.create((double) part.label(i), vector(image)));
    }
    return rows;
  }

  /** Sparse where that is smaller. */
  private static Vector vector(float[] image) {
    double[] wide = new double[image.length];
    for (int p = 0; p < image.length; p++) {
      wide[p] = image[p];
    }
    return Vectors.dense(wide).compressed();
  }

  private static ConfusionMatrix score(
      MultilayerPerceptronClassificationModel model, Dataset<Row> validation, int classes) {
    Confusions counted = new Confusions(classes);
    for (Row answer :
        model.transform(validation).select(LABEL, model.getPredictionCol()).collectAsList()) {
      counted.add((int) answer.getDouble(0), (int) answer.getDouble(1));
    }
    return counted.matrix();
  }
}
