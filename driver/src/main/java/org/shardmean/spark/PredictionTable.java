package org.shardmean.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.shardmean.metrics.NamedImage;

/**
 * Predictions as a table of Spark SQL: {@code image} (text), {@code predicted} (integer), and a
 * float {@code p0}, {@code p1} … with the probability of each class.
 */
public final class PredictionTable {
  private PredictionTable() {}

  /**
   * Writes a folder of Parquet files, by the executors; there must be nothing at {@code folder}.
   */
  public static void writeParquet(
      JavaSparkContext spark, Classification classification, Path folder) {
    SparkSession.builder()
        .sparkContext(spark.sc())
        .getOrCreate()
        .createDataFrame(
            classification.images().map(PredictionTable::row), schema(classification.classes()))
        .write()
        .parquet(folder.toString());
  }

  private static StructType schema(int classes) {
    List<StructField> columns = new ArrayList<>();
    columns.add(DataTypes.createStructField("image", DataTypes.StringType, false));
    columns.add(DataTypes.createStructField("predicted", DataTypes.IntegerType, false));
    for (int c = 0; c < classes; c++) {
      columns.add(DataTypes.createStructField("p" + c, DataTypes.FloatType, false));
    }
    return DataTypes.createStructType(columns);
  }

  private static Row row(NamedImage named) {
    float[] probabilities = named.image().probabilities();
    Object[] values = new Object[probabilities.length + 2];
    values[0] = named.name();
    values[1] = named.image().predicted();
    for (int c = 0; c < probabilities.length; c++) {
      values[c + 2] = probabilities[c];
    }
    return RowFactory.create(values);
  }
}
