package org.shardmean.tests.benchmark;

import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One part of {@code tests/table-speed}, in a process of its own; prints a line for each figure.
 */
public final class TableSpeed {
  private TableSpeed() {}

  /** Takes the part, a folder that all parts share, and {@code full} or {@code quick}. */
  public static void main(String[] arguments) throws Exception {
    TableSpeedSize size = TableSpeedSize.of(arguments[2]);
    try (SparkSession spark = session()) {
      SpeedTables tables = new SpeedTables(spark, Path.of(arguments[1]));
      switch (arguments[0]) {
        case "prepare" -> tables.write(size);
        case "fit" -> DigitTableSpeed.fit(tables, size);
        case "transform-sparse" ->
            DigitTableSpeed.transform(tables, size, SpeedTables.SPARSE_DIGITS, "sparse");
        case "transform-dense" ->
            DigitTableSpeed.transform(tables, size, SpeedTables.DENSE_DIGITS, "dense");
        case "perceptron" -> DigitTableSpeed.perceptron(tables, size);
        case "xgboost" -> DigitTableSpeed.xgboost(tables, size);
        case "classes" -> GeneratedTableSpeed.classes(tables, size);
        case "numbers" -> GeneratedTableSpeed.numbers(tables, size);
        case "small" -> SmallTables.score(tables, size);
        default ->
            throw new IllegalArgumentException(
                "part: expected a part of tests/table-speed, found '%s'".formatted(arguments[0]));
      }
    }
    // Spark's threads may linger.
    System.exit(0);
  }

  private static SparkSession session() {
    SparkSession spark =
        SparkSession.builder()
            .appName("table-speed")
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4")
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    return spark;
  }

  /** Prints a figure; infinity is a time that was never reached. */
  static void say(String figure, double value) {
    System.out.printf(
        Locale.ROOT,
        "figure\t%s\t%s%n",
        figure,
        Double.isInfinite(value) ? "never" : "%.6f".formatted(value));
  }

  /** Seconds since {@link System#nanoTime} gave {@code began}. */
  static double secondsSince(long began) {
    return (System.nanoTime() - began) * 1e-9;
  }

  /** The share of correct predictions, in percent. */
  static double accuracy(Dataset<Row> predicted, String label) {
    return 100
        * new MulticlassClassificationEvaluator()
            .setMetricName("accuracy")
            .setLabelCol(label)
            .evaluate(predicted);
  }

  /** R² of the predictions. */
  static double rSquared(Dataset<Row> predicted, String label) {
    return new RegressionEvaluator().setMetricName("r2").setLabelCol(label).evaluate(predicted);
  }
}
