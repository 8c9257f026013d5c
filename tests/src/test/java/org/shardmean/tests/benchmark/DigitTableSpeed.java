package org.shardmean.tests.benchmark;

import static org.apache.spark.sql.functions.lit;
import static org.shardmean.tests.benchmark.TableSpeed.accuracy;
import static org.shardmean.tests.benchmark.TableSpeed.say;
import static org.shardmean.tests.benchmark.TableSpeed.secondsSince;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.shardmean.RunResult;
import org.shardmean.Training;
import org.shardmean.ml.ShardmeanClassificationModel;
import org.shardmean.ml.ShardmeanClassifier;
import org.shardmean.rivals.NativeBlas;
import org.shardmean.run.EpochRecord;

/** Digits as a DataFrame. */
final class DigitTableSpeed {
  private static final int[] LAYERS = {784, 128, 64, 10};
  private static final String LABEL = "label";
  private static final String IS_TEST = "isTest";
  private static final double TARGET = 0.97;
  private static final int MLLIB_BLOCK_SIZE = 128;
  private static final long MLLIB_SEED = 42;

  private DigitTableSpeed() {}

  /** The same digits as images and as rows, in turn. The first turn does not count. */
  static void fit(SpeedTables tables, TableSpeedSize size) throws Exception {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(tables.spark().sparkContext());
    org.shardmean.data.Dataset digits = BenchmarkData.load(size.digits());
    Dataset<Row> training = tables.cached(SpeedTables.SPARSE_DIGITS);
    Dataset<Row> test = tables.cached(SpeedTables.TEST_DIGITS);
    for (int seed = 0; seed <= size.seeds(); seed++) {
      RunResult images =
          Training.of(digits).layers(LAYERS).epochs(size.epochs()).seed(seed).run(spark);
      ShardmeanClassificationModel model = classifier(size, seed).fit(training);
      if (seed > 0) {
        List<EpochRecord> epochs = images.epochs();
        say("MNIST as images, fit: images/s", speed(epochs));
        say("MNIST as rows, fit: images/s", speed(model.summary().result().epochs()));
        say(
            "MNIST as images: test accuracy, %",
            100 * epochs.get(epochs.size() - 1).validationAccuracy());
        say("MNIST as rows: test accuracy, %", accuracy(model.transform(test), LABEL));
      }
    }
  }

  /** Of the epoch in the middle, the first left out. */
  private static double speed(List<EpochRecord> epochs) {
    return Spread.of(
            epochs.subList(1, epochs.size()).stream().map(EpochRecord::imagesPerSecond).toList())
        .median();
  }

  /** All columns of many rows, into Spark's sink that keeps nothing. */
  static void transform(SpeedTables tables, TableSpeedSize size, String table, String vectors) {
    Dataset<Row> digits = tables.cached(table);
    ShardmeanClassificationModel model = classifier(size, 1).fit(digits);
    Dataset<Row> many = digits;
    for (int copy = 1; copy < size.copies(); copy++) {
      many = many.union(digits);
    }
    long rows = many.count();
    for (int turn = 0; turn <= size.transforms(); turn++) {
      long began = System.nanoTime();
      model.transform(many).write().format("noop").mode("overwrite").save();
      double seconds = secondsSince(began);
      if (turn > 0) {
        say("MNIST, transform, %s vectors: rows/s".formatted(vectors), rows / seconds);
      }
    }
  }

  /** Seconds to an accuracy, beside MLlib's perceptron, whose end alone is known. */
  static void perceptron(SpeedTables tables, TableSpeedSize size) {
    System.err.println("MLlib's linear algebra: " + NativeBlas.use());
    Dataset<Row> training = tables.cached(SpeedTables.SPARSE_DIGITS);
    Dataset<Row> test = tables.cached(SpeedTables.TEST_DIGITS);
    Dataset<Row> both =
        training
            .withColumn(IS_TEST, lit(false))
            .union(test.withColumn(IS_TEST, lit(true)))
            .persist(StorageLevel.MEMORY_ONLY());
    both.count();
    for (int seed = 1; seed <= size.seeds(); seed++) {
      double seconds = secondsToTarget(classifier(size, seed), both);
      if (seed == 1) {
        say("MNIST, ours, the first fit of a JVM: s to 97%", seconds);
      }
      if (seed > 1 || size.seeds() == 1) {
        say("MNIST, ours, later fits: s to 97%", seconds);
      }
    }
    MultilayerPerceptronClassifier perceptron =
        new MultilayerPerceptronClassifier()
            .setLayers(LAYERS)
            .setMaxIter(size.iterations())
            .setBlockSize(MLLIB_BLOCK_SIZE)
            .setTol(0)
            .setSeed(MLLIB_SEED);
    long began = System.nanoTime();
    MultilayerPerceptronClassificationModel model = perceptron.fit(training);
    say("MNIST, MLlib's perceptron: s, whole fit", secondsSince(began));
    say("MNIST, MLlib's perceptron: test accuracy, %", accuracy(model.transform(test), LABEL));
  }

  /** All that {@code fit} does outside its epochs counts too. */
  private static double secondsToTarget(ShardmeanClassifier classifier, Dataset<Row> both) {
    long began = System.nanoTime();
    List<EpochRecord> epochs =
        classifier.setValidationIndicatorCol(IS_TEST).fit(both).summary().result().epochs();
    double seconds = secondsSince(began) - epochs.stream().mapToDouble(EpochRecord::seconds).sum();
    for (EpochRecord epoch : epochs) {
      seconds += epoch.seconds();
      if (epoch.validationAccuracy() >= TARGET) {
        return seconds;
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  /** Named by its class, because only the profile table-speed has it. */
  static void xgboost(SpeedTables tables, TableSpeedSize size) throws Exception {
    Dataset<Row> training = tables.cached(SpeedTables.DENSE_DIGITS);
    Dataset<Row> test = tables.cached(SpeedTables.TEST_DIGITS);
    Dataset<Row> denseTest =
        tables
            .spark()
            .createDataFrame(test.javaRDD().map(SpeedTables::dense), test.schema())
            .persist(StorageLevel.MEMORY_ONLY());
    denseTest.count();
    measure("ours, 10 epochs", classifier(size, 1), new ParamMap(), training, denseTest);
    Estimator<?> xgboost =
        Class.forName("ml.dmlc.xgboost4j.scala.spark.XGBoostClassifier")
            .asSubclass(Estimator.class)
            .getConstructor()
            .newInstance();
    ParamMap params =
        new ParamMap()
            .put(xgboost.getParam("numRound"), size.rounds())
            .put(xgboost.getParam("numWorkers"), 2)
            .put(xgboost.getParam("objective"), "multi:softprob")
            .put(xgboost.getParam("numClass"), LAYERS[LAYERS.length - 1]);
    measure("XGBoost4J-Spark, 100 rounds", xgboost, params, training, denseTest);
  }

  private static void measure(
      String contender,
      Estimator<?> estimator,
      ParamMap params,
      Dataset<Row> training,
      Dataset<Row> test) {
    long began = System.nanoTime();
    Model<?> model = estimator.fit(training, params);
    say("MNIST, dense, %s: s, whole fit".formatted(contender), secondsSince(began));
    say(
        "MNIST, dense, %s: test accuracy, %%".formatted(contender),
        accuracy(model.transform(test), LABEL));
  }

  private static ShardmeanClassifier classifier(TableSpeedSize size, long seed) {
    return new ShardmeanClassifier().setLayers(LAYERS).setMaxIter(size.epochs()).setSeed(seed);
  }
}
