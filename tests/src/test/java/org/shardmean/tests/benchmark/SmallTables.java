package org.shardmean.tests.benchmark;

import static org.apache.spark.sql.functions.max;
import static org.shardmean.tests.benchmark.TableSpeed.accuracy;
import static org.shardmean.tests.benchmark.TableSpeed.rSquared;
import static org.shardmean.tests.benchmark.TableSpeed.say;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.shardmean.ml.ShardmeanClassifier;
import org.shardmean.ml.ShardmeanRegressor;

/**
 * scikit-learn's small tables, which {@code tests/table-speed-sklearn.py} wrote as {@code
 * small/KIND-NAME-SEED-train.csv} and {@code …-test.csv}.
 */
final class SmallTables {
  private static final String FOR_TRAINING = "-train.csv";
  private static final String LABEL = "label";
  private static final int UNITS = 100;

  private SmallTables() {}

  /** Accuracy or R² of each table and seed. */
  static void score(SpeedTables tables, TableSpeedSize size) throws IOException {
    for (Path file : trainingFiles(tables.folder().resolve("small"))) {
      String written = file.toString();
      String[] kindNameSeed = file.getFileName().toString().split("-", -1);
      Dataset<Row> training = read(tables, written);
      Dataset<Row> test = read(tables, written.replace(FOR_TRAINING, "-test.csv"));
      int inputs = training.columns().length - 2;
      long seed = Long.parseLong(kindNameSeed[2]);
      if (kindNameSeed[0].equals("classes")) {
        int classes = 1 + (int) training.agg(max(LABEL)).head().getDouble(0);
        Dataset<Row> predicted =
            new ShardmeanClassifier()
                .setLayers(new int[] {inputs, UNITS, classes})
                .setMaxIter(size.smallEpochs())
                .setSeed(seed)
                .fit(training)
                .transform(test);
        say("%s, ours: test accuracy, %%".formatted(kindNameSeed[1]), accuracy(predicted, LABEL));
      } else {
        Dataset<Row> predicted =
            new ShardmeanRegressor()
                .setLayers(new int[] {inputs, UNITS, 1})
                .setMaxIter(size.smallEpochs())
                .setSeed(seed)
                .fit(training)
                .transform(test);
        say("%s, ours: test R²".formatted(kindNameSeed[1]), rSquared(predicted, LABEL));
      }
    }
  }

  private static List<Path> trainingFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(FOR_TRAINING)).sorted().toList();
    }
  }

  /** All columns but the label as one vector, in memory. */
  private static Dataset<Row> read(SpeedTables tables, String file) {
    Dataset<Row> numbers =
        tables.spark().read().option("header", true).option("inferSchema", true).csv(file);
    String[] features =
        Arrays.stream(numbers.columns()).filter(name -> !name.equals(LABEL)).toArray(String[]::new);
    return new VectorAssembler()
        .setInputCols(features)
        .setOutputCol("features")
        .transform(numbers.withColumn(LABEL, numbers.col(LABEL).cast("double")))
        .cache();
  }
}
