package org.shardmean.ml;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Tables that estimators are tested on. */
final class Tables {
  static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.IntegerType)
          .add("features", SQLDataTypes.VectorType())
          .add("label", DataTypes.DoubleType)
          .add("y", DataTypes.DoubleType)
          .add("held", DataTypes.BooleanType);

  private Tables() {}

  /**
   * Three clouds of points in four dimensions of very unlike size; {@code y} is linear in them;
   * every fifth row is held out.
   */
  static Dataset<Row> clouds(SparkSession spark, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(3);
      double[] features = {
        1000 * (kind + random.nextDouble()),
        random.nextDouble(),
        0.001 * (random.nextDouble() - kind * kind),
        5
      };
      double y = features[0] / 1000 - 2000 * features[2] + 100;
      rows.add(RowFactory.create(i, Vectors.dense(features), (double) kind, y, i % 5 == 0));
    }
    return spark.createDataFrame(rows, SCHEMA).repartition(3).cache();
  }

  /** Spark's own: exclusive or. */
  static Dataset<Row> exclusiveOr(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      double one = i < 2 ? 0 : 1;
      double other = i % 2;
      rows.add(
          RowFactory.create(i, Vectors.dense(one, other), one == other ? 0.0 : 1.0, 0.0, false));
    }
    return spark.createDataFrame(rows, SCHEMA).repartition(2);
  }
}
