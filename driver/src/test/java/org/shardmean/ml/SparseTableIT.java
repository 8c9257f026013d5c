package org.shardmean.ml;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.shardmean.OtherJvm;
import org.shardmean.spark.LocalSpark;

/** Tables of vectors that are mostly zeros. */
class SparseTableIT {
  private static final int GROUPS = 50;
  private static final int CATEGORIES = 200;
  private static final int INPUTS = GROUPS * CATEGORIES;
  private static final DataType DOUBLE = DataTypes.DoubleType;
  private static final String HEAP = "-Xmx640m";

  /** One number in each group of columns; which one it is in the first group says the class. */
  private static Dataset<Row> table(SparkSession spark, int rows) {
    return spark
        .range(0, rows, 1, 4)
        .withColumn("features", SparseTableIT.<Long>vector(SparseTableIT::drawn).apply(col("id")))
        .withColumn(
            "label",
            udf((UDF1<Long, Double>) id -> drawn(id).indices()[0] % 2.0, DOUBLE).apply(col("id")));
  }

  private static SparseVector drawn(long id) {
    SplittableRandom random = new SplittableRandom(id);
    int[] columns = new int[GROUPS];
    double[] values = new double[GROUPS];
    for (int group = 0; group < GROUPS; group++) {
      columns[group] = group * CATEGORIES + random.nextInt(CATEGORIES);
      values[group] = 1 + random.nextInt(3);
    }
    return (SparseVector) Vectors.sparse(INPUTS, columns, values);
  }

  private static <T> UserDefinedFunction vector(UDF1<T, Vector> of) {
    return udf(of, SQLDataTypes.VectorType());
  }

  private static ShardmeanClassifier classifier() {
    return new ShardmeanClassifier()
        .setLayers(new int[] {INPUTS, 8, 2})
        .setNumWorkers(3)
        .setBlockSize(32)
        .setStepSize(0.01)
        .setMaxIter(2);
  }

  @Test
  void theSameVectorsDenseSparseOrMixedTrainToTheSameBits() {
    try (JavaSparkContext context = LocalSpark.withCores(2)) {
      SparkSession spark = SparkSession.builder().sparkContext(context.sc()).getOrCreate();
      Dataset<Row> sparse = table(spark, 1_500);
      Column dense = SparseTableIT.<Vector>vector(Vector::toDense).apply(col("features"));
      ShardmeanClassificationModel expected = classifier().fit(sparse);
      for (Dataset<Row> other :
          List.of(
              sparse.withColumn("features", dense).repartition(7),
              sparse.withColumn(
                  "features", when(col("id").mod(3).equalTo(0), dense).otherwise(col("features"))),
              sparse.withColumn("features", vector_to_array(dense, "float64")))) {
        ShardmeanClassificationModel found = classifier().fit(other);
        assertArrayEquals(expected.network().parameters(), found.network().parameters());
        assertEquals(
            expected.summary().result().record().parametersSha256(),
            found.summary().result().record().parametersSha256());
      }
    } finally {
      SparkSession.clearDefaultSession();
      SparkSession.clearActiveSession();
    }
  }

  /** As dense floats these rows would take 4 GB, more than six times the whole heap. */
  @Test
  void aTableThatIsMostlyZerosTrainsInASmallHeap() throws Exception {
    String[] options = (HEAP + " " + JavaModuleOptions.defaultModuleOptions()).split(" +");

    List<String> said = OtherJvm.run(TrainsInASmallHeap.class, Map.of(), options);

    double share = Double.parseDouble(said.get(said.size() - 1));
    assertTrue(share > 0.95, "right answers: " + share);
  }

  /** Trains on 100,000 rows of 10,000 features, and prints the share of right answers. */
  static final class TrainsInASmallHeap {
    private TrainsInASmallHeap() {}

    public static void main(String[] arguments) {
      try (JavaSparkContext context = LocalSpark.withCores(2)) {
        SparkSession spark = SparkSession.builder().sparkContext(context.sc()).getOrCreate();
        Dataset<Row> table = table(spark, 100_000);
        ShardmeanClassificationModel model = classifier().fit(table);
        long right = model.transform(table).filter("prediction = label").count();
        System.out.println(right / 100_000.0);
      }
    }
  }
}
