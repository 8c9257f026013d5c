package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shardmean.RunResult;
import org.shardmean.Training;
import org.shardmean.average.AveragingSettings;
import org.shardmean.data.DataException;
import org.shardmean.data.InvalidRows;
import org.shardmean.data.RowSet;
import org.shardmean.model.Activation;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.Output;
import org.shardmean.run.EpochRecord;
import org.shardmean.train.EngineKind;

class TableRowsIT {
  private static final StructType SCHEMA =
      StructType.fromDDL("x double, y float, more array<double>, n int, kind int, w double");
  private static final TableColumns COLUMNS =
      TableColumns.labelled(List.of("x", "more", "n"), "kind", 3);

  @TempDir Path folder;
  private static JavaSparkContext context;
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    context = LocalSpark.withCores(2);
    spark = SparkSession.builder().sparkContext(context.sc()).getOrCreate();
    spark.conf().set("spark.sql.shuffle.partitions", "5");
  }

  @AfterAll
  static void stop() {
    context.close();
    SparkSession.clearDefaultSession();
    SparkSession.clearActiveSession();
  }

  /** Three clouds of points; some rows are there twice. */
  private static Dataset<Row> clouds(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int kind = i % 3;
      Row row =
          RowFactory.create(
              2 * kind + random.nextDouble(),
              random.nextInt(9) / 8f,
              new Double[] {random.nextDouble() - kind, random.nextDouble()},
              random.nextInt(5),
              kind,
              random.nextInt(3) / 2.0);
      rows.add(row);
      if (i % 10 == 0) {
        rows.add(row);
      }
    }
    return spark.createDataFrame(rows, SCHEMA);
  }

  @Test
  void columnsOfNumbersAndArraysBecomeFeaturesInTheirOrder() {
    Dataset<Row> one =
        spark.createDataFrame(
            List.of(RowFactory.create(1.5, 2f, new Double[] {3.0, -0.0}, 5, 2, 0.5)), SCHEMA);
    RowSet labelled =
        TableRows.collect(
            one, TableColumns.labelled(List.of("n", "more", "x"), "kind", 3).weightedBy("w"));
    float[] features = new float[4];
    labelled.copyFeatures(0, features, 0);
    assertArrayEquals(new float[] {5, 3, 0, 1.5f}, features);
    assertEquals(2, labelled.label(0));
    assertEquals(0.5f, labelled.weight(0));

    RowSet regression = TableRows.collect(one, TableColumns.withTargets(List.of("x"), "y", "n"));
    float[] targets = new float[2];
    regression.copyTargets(0, targets, 0);
    assertArrayEquals(new float[] {2, 5}, targets);
    assertEquals(RowSet.Shape.withTargets(1, 2), regression.shape());
  }

  @Test
  void theSameRowsAreTheSameExamplesInAnyOrderAndPartitioning() {
    Dataset<Row> table = clouds(300, 1);
    RowSet expected = TableRows.collect(table, COLUMNS);
    assertEquals(330, expected.count());
    for (Dataset<Row> other :
        List.of(
            table.coalesce(1),
            table.repartition(1),
            table.repartition(7),
            table.repartition(23, functions.col("x")),
            table.orderBy(functions.rand(4)),
            table.orderBy(functions.col("w").desc(), functions.rand(5)).coalesce(3))) {
      assertEquals(expected, TableRows.collect(other, COLUMNS));
    }
    assertNotEquals(expected, TableRows.collect(clouds(300, 2), COLUMNS));
  }

  @Test
  void soTheyTrainToTheSameBitsAndWriteARun() {
    Dataset<Row> table = clouds(300, 1);
    RunResult first = trained(table);
    RunResult shuffled = trained(table.orderBy(functions.rand(9)).repartition(6));
    assertEquals(first.record().parametersSha256(), shuffled.record().parametersSha256());
    assertTrue(first.best().validationAccuracy() > 0.9, first.best().toString());
    first.saveTo(folder.resolve("run").toString());
    assertTrue(folder.resolve("run/report.html").toFile().length() > 0);
  }

  private static RunResult trained(Dataset<Row> table) {
    return Training.of(
            org.shardmean.data.Dataset.of(
                "clouds",
                TableRows.collect(table, COLUMNS),
                TableRows.collect(clouds(90, 3), COLUMNS)))
        .layers(4, 16, 3)
        .workers(3)
        .batchSize(16)
        .epochs(40)
        .run(context);
  }

  @Test
  void aRegressionLearnsALine() {
    List<Row> rows =
        IntStream.range(0, 400)
            .mapToObj(i -> RowFactory.create(i / 200.0 - 1, 3 * (i / 200.0 - 1) + 0.5))
            .toList();
    Dataset<Row> line = spark.createDataFrame(rows, StructType.fromDDL("x double, y double"));
    RowSet examples = TableRows.collect(line, TableColumns.withTargets(List.of("x"), "y"));
    ModelSpec model = ModelSpec.parse("1-1", Activation.RELU).withOutput(Output.IDENTITY);
    TrainingOutcome outcome =
        Runs.run(
            context,
            org.shardmean.data.Dataset.of("a line", examples, examples),
            Runs.config(
                model, 30, Runs.adam(EngineKind.FUSED, 0.1, 20), AveragingSettings.mean(2, 2)));
    List<EpochRecord> epochs = outcome.epochs();
    assertTrue(epochs.get(29).validation().loss() < 1e-3, "found " + epochs.get(29).validation());
    assertArrayEquals(new float[] {3, 0.5f}, outcome.parameters(), 0.05f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x | null | column x: expected finite numbers within float32, found 2 rows",
        "x | double('NaN') | column x: expected finite numbers within float32, found 2 rows",
        "x | double('-Infinity') | column x: expected finite numbers within float32, found 2 rows",
        "x | 1e39D | column x: expected finite numbers within float32, found 2 rows",
        "more | array(1.0D, null) | column more: expected finite numbers within float32, found 2",
        "more | null | column more: expected finite numbers within float32, found 2 rows",
        "kind | null | column kind: expected a whole number from 0 to 2, found 2 rows",
        "kind | 3 | column kind: expected a whole number from 0 to 2, found 2 rows",
        "kind | -1 | column kind: expected a whole number from 0 to 2, found 2 rows",
        "kind | 1.5D | column kind: expected a whole number from 0 to 2, found 2 rows",
        "kind | double('NaN') | column kind: expected a whole number from 0 to 2, found 2 rows",
        "w | -1D | column w: expected a finite number of at least 0, found 2 rows",
        "more | array(1.0D) | column more: expected arrays of one length, found 1 to 2 numbers",
      })
  void aRowThatIsNoExampleIsNamedWithItsColumn(String column, String value, String message) {
    Dataset<Row> table =
        clouds(60, 1)
            .withColumn(
                column, functions.expr("if(n = 3 and kind = 1, %s, %s)".formatted(value, column)));
    long bad = clouds(60, 1).filter("n = 3 and kind = 1").count();
    String told = message.replace("found 2", "found " + bad);
    String first = refused(table, COLUMNS.weightedBy("w"));
    assertTrue(first.startsWith(told), first);
    assertTrue(first.contains("{\"x\":"), first);
    assertEquals(first, refused(table.repartition(5), COLUMNS.weightedBy("w")), "any order");
  }

  @Test
  void columnsThatWillNotDoAreNamed() {
    Dataset<Row> table = clouds(10, 1).withColumn("name", functions.lit("a"));
    assertEquals(
        "column z: expected one of x, y, more, n, kind, w, name, found none of that name",
        refused(table, TableColumns.labelled(List.of("x", "z"), "kind", 3)));
    assertTrue(
        refused(table, TableColumns.labelled(List.of("name"), "kind", 3))
            .startsWith(
                "column name: expected numbers, arrays of numbers or vectors, found string;"));
    assertTrue(
        refused(table, TableColumns.labelled(List.of("x"), "more", 3))
            .startsWith("column more: expected numbers, found array<double>;"));
    assertEquals(
        "table: expected at least one row, found none", refused(table.filter("false"), COLUMNS));
  }

  @Test
  void rowsThatAreNoExamplesAreSkippedWhereThatIsAskedFor() {
    Dataset<Row> sound = clouds(60, 1);
    Dataset<Row> table =
        sound
            .union(sound.limit(1).withColumn("x", functions.expr("double('NaN')")))
            .union(sound.limit(1).withColumn("more", functions.expr("array(1.0D, null)")))
            .union(sound.limit(1).withColumn("more", functions.expr("array(1.0D)")))
            .union(sound.limit(1).withColumn("kind", functions.lit(7)))
            .union(sound.limit(1).withColumn("n", functions.expr("int(null)")))
            .repartition(4);
    TableRows.Collected found = TableRows.collect(table, COLUMNS, InvalidRows.SKIP);
    assertEquals(5, found.skipped());
    assertEquals(TableRows.collect(sound, COLUMNS), found.rows());
    assertEquals(
        "table: expected at least one valid row, found none among 66",
        assertThrows(
                DataException.class,
                () ->
                    TableRows.collect(
                        sound.withColumn("x", functions.expr("double(null)")),
                        COLUMNS,
                        InvalidRows.SKIP))
            .getMessage());
  }

  @Test
  void vectorsDenseOrSparseAreTheSameExamplesAsArraysAndColumns() {
    Dataset<Row> table = clouds(60, 1);
    RowSet expected =
        TableRows.collect(table, TableColumns.labelled(List.of("x", "y", "n"), "kind", 3));
    Dataset<Row> arrays = table.withColumn("v", functions.expr("array(x, double(y), double(n))"));
    Dataset<Row> dense =
        arrays.withColumn("v", org.apache.spark.ml.functions.array_to_vector(functions.col("v")));
    Dataset<Row> mixed =
        dense.withColumn(
            "v",
            functions.when(functions.expr("n > 2"), sparse("v")).otherwise(functions.col("v")));
    for (Dataset<Row> same : List.of(arrays, dense, mixed)) {
      assertEquals(
          expected, TableRows.collect(same, TableColumns.labelled(List.of("v"), "kind", 3)));
    }
    TableColumns columns = TableColumns.labelled(List.of("v"), "kind", 3);
    Vector missing = Vectors.sparse(3, new int[] {1}, new double[] {Double.NaN});
    assertTrue(
        refused(dense.union(withVector(dense, missing)), columns)
            .startsWith("column v: expected finite numbers within float32, found 1 row with"));
    assertTrue(
        refused(dense.union(withVector(dense, Vectors.dense(1, 2))), columns)
            .startsWith("column v: expected vectors of one length, found 2 to 3 numbers, as in {"));
    assertTrue(
        refused(dense.withColumn("w", functions.col("v")), columns.weightedBy("w"))
            .startsWith("column w: expected numbers, found vector;"));
  }

  private static Column sparse(String column) {
    UserDefinedFunction sparse =
        functions.udf((UDF1<Vector, Vector>) Vector::toSparse, SQLDataTypes.VectorType());
    return sparse.apply(functions.col(column));
  }

  private static Dataset<Row> withVector(Dataset<Row> table, Vector vector) {
    UserDefinedFunction same =
        functions.udf((UDF1<Integer, Vector>) n -> vector, SQLDataTypes.VectorType());
    return table.limit(1).withColumn("v", same.apply(functions.col("n")));
  }

  /** Names that SQL would read otherwise. */
  @Test
  void namesMayHoldDotsSpacesAndQuotes() {
    Dataset<Row> table =
        clouds(20, 1).withColumnRenamed("x", "an x.y").withColumnRenamed("kind", "k`d");
    RowSet found =
        TableRows.collect(table, TableColumns.labelled(List.of("an x.y", "more", "n"), "k`d", 3));
    assertEquals(TableRows.collect(clouds(20, 1), COLUMNS), found);
  }

  private static String refused(Dataset<Row> table, TableColumns columns) {
    return assertThrows(DataException.class, () -> TableRows.collect(table, columns)).getMessage();
  }
}
