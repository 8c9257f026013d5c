package org.shardmean.tests.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.shardmean.data.ImageSet;

/** Spark's own perceptron: sigmoid units and L-BFGS over all examples, a pass an iteration. */
public final class MllibContender {
  private static final long SEED = 42;

  private MllibContender() {}

  /** Takes data, iterations, master. */
  public static void main(String[] arguments) throws Exception {
    org.shardmean.data.Dataset dataset = BenchmarkData.load(arguments[0]);
    int iterations = Integer.parseInt(arguments[1]);
    SparkConf conf =
        new SparkConf()
            .setAppName("MultilayerPerceptronClassifier")
            .setMaster(arguments[2])
            .set("spark.ui.enabled", "false");
    try (SparkSession spark = SparkSession.builder().config(conf).getOrCreate()) {
      ImageSet digits = BenchmarkData.all(dataset.train());
      Dataset<Row> training = rows(spark, digits);
      Dataset<Row> validation = rows(spark, BenchmarkData.all(dataset.test()));
      MultilayerPerceptronClassifier classifier =
          new MultilayerPerceptronClassifier()
              .setLayers(
                  BenchmarkSetting.SPEC.layers().stream().mapToInt(Integer::intValue).toArray())
              .setMaxIter(iterations)
              .setTol(0)
              .setSeed(SEED);
      long began = System.nanoTime();
      MultilayerPerceptronClassificationModel model = classifier.fit(training);
      double seconds = (System.nanoTime() - began) * 1e-9;
      double accuracy =
          new MulticlassClassificationEvaluator()
              .setMetricName("accuracy")
              .evaluate(model.transform(validation));
      long images = (long) digits.count() * iterations;
      System.out.println(new Stretch(images, seconds, accuracy).written());
    }
  }

  /** In memory before training begins. */
  private static Dataset<Row> rows(SparkSession spark, ImageSet digits) {
    StructType columns =
        new StructType(
            new StructField[] {
              DataTypes.createStructField("label", DataTypes.DoubleType, false),
              DataTypes.createStructField("features", SQLDataTypes.VectorType(), false)
            });
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < digits.count(); i++) {
      float[] image = new float[digits.pixels()];
      digits.scaleInto(i, image, 0);
      double[] wide = new double[image.length];
      for (int p = 0; p < image.length; p++) {
        wide[p] = image[p];
      }
      rows.add(RowFactory.create((double) digits.label(i), Vectors.dense(wide)));
    }
    Dataset<Row> dataset = spark.createDataFrame(rows, columns).repartition(2).cache();
    dataset.count();
    return dataset;
  }
}
