package org.shardmean.tests.benchmark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.shardmean.data.ImageSet;

/**
 * The tables of {@code tests/table-speed}, as Parquet. A table made of a list in the driver would
 * be another thing to measure: Spark hashes its rows on the driver.
 */
final class SpeedTables {
  static final String SPARSE_DIGITS = "digits-sparse";
  static final String DENSE_DIGITS = "digits-dense";
  static final String TEST_DIGITS = "digits-test";
  static final String TEACHER = "teacher";
  static final String HELD_OUT_TEACHER = "teacher-held-out";

  private static final StructType DIGIT_COLUMNS =
      new StructType()
          .add("label", DataTypes.DoubleType)
          .add("features", SQLDataTypes.VectorType());

  private static final int PARTITIONS = 4;
  private static final long SEED = 1;

  private final SparkSession spark;
  private final Path folder;

  SpeedTables(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  /** Writes all; the generated table also as floats for programs that are not Java. */
  void write(TableSpeedSize size) throws Exception {
    org.shardmean.data.Dataset digits = BenchmarkData.load(size.digits());
    writeDigits(BenchmarkData.all(digits.train()), SPARSE_DIGITS);
    writeDigits(BenchmarkData.all(digits.test()), TEST_DIGITS);
    write(
        spark.read().parquet(file(SPARSE_DIGITS)).javaRDD().map(SpeedTables::dense),
        DIGIT_COLUMNS,
        DENSE_DIGITS);
    writeTeacher(0, size.rows(), TEACHER);
    writeTeacher(size.rows(), size.heldOutRows(), HELD_OUT_TEACHER);
  }

  /** A table in memory. */
  Dataset<Row> cached(String name) {
    Dataset<Row> table =
        spark
            .read()
            .parquet(file(name))
            .repartition(PARTITIONS)
            .persist(StorageLevel.MEMORY_ONLY());
    table.count();
    return table;
  }

  /** A digit's row with a dense vector. */
  static Row dense(Row digit) {
    return RowFactory.create(digit.get(0), digit.<Vector>getAs(1).toDense());
  }

  Path folder() {
    return folder;
  }

  SparkSession spark() {
    return spark;
  }

  private void writeDigits(ImageSet digits, String name) {
    List<Row> rows = new ArrayList<>();
    float[] image = new float[digits.pixels()];
    for (int i = 0; i < digits.count(); i++) {
      digits.scaleInto(i, image, 0);
      double[] wide = new double[image.length];
      for (int p = 0; p < image.length; p++) {
        wide[p] = image[p];
      }
      rows.add(RowFactory.create((double) digits.label(i), Vectors.dense(wide).compressed()));
    }
    write(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, PARTITIONS),
        DIGIT_COLUMNS,
        name);
  }

  private void writeTeacher(long from, long count, String name) throws IOException {
    TeacherRows teacher = new TeacherRows(SEED);
    write(
        spark.range(from, from + count, 1, PARTITIONS).javaRDD().map(teacher::row),
        TeacherRows.COLUMNS,
        name);
    ByteBuffer floats =
        ByteBuffer.allocate((TeacherRows.FEATURES + 2) * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out = Files.newOutputStream(folder.resolve(name + ".float32"));
        OutputStream buffered = new BufferedOutputStream(out, 1 << 20)) {
      for (long row = from; row < from + count; row++) {
        floats.clear();
        for (double value : teacher.values(row)) {
          floats.putFloat((float) value);
        }
        buffered.write(floats.array());
      }
    }
  }

  private void write(JavaRDD<Row> rows, StructType columns, String name) {
    spark.createDataFrame(rows, columns).write().mode("overwrite").parquet(file(name));
  }

  private String file(String name) {
    return folder.resolve(name + ".parquet").toString();
  }
}
