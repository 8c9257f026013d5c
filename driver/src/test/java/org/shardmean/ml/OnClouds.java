package org.shardmean.ml;

import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.spark.LocalSpark;

/** Tests of a classifier that was trained once, on clouds of points. */
abstract class OnClouds {
  private static JavaSparkContext context;
  static SparkSession spark;
  static Dataset<Row> clouds;

  /** Trained once, asked in many tests. */
  static ShardmeanClassificationModel trained;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    context = LocalSpark.withCores(2);
    spark = SparkSession.builder().sparkContext(context.sc()).getOrCreate();
    spark.conf().set("spark.sql.shuffle.partitions", "3");
    clouds = Tables.clouds(spark, 300, 1);
    trained = classifier().fit(clouds);
  }

  @AfterAll
  static void stop() {
    context.close();
    SparkSession.clearDefaultSession();
    SparkSession.clearActiveSession();
  }

  static ShardmeanClassifier classifier() {
    return new ShardmeanClassifier()
        .setLayers(new int[] {4, 8, 3})
        .setNumWorkers(2)
        .setBlockSize(10)
        .setStepSize(0.02)
        .setMaxIter(6);
  }

  static double accuracy(Dataset<Row> answered) {
    return new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(answered);
  }

  static float[] bits(ShardmeanClassificationModel model) {
    return model.network().parameters();
  }
}
