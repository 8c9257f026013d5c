package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.data.DataException;
import org.shardmean.data.Dataset;
import org.shardmean.data.InvalidRows;
import org.shardmean.data.RowSet;
import org.shardmean.data.TableAddress;
import org.shardmean.data.TableForm;
import org.shardmean.model.Activation;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.Output;
import org.shardmean.model.SavedModel;
import org.shardmean.model.Task;
import org.shardmean.predict.Predictor;

/** Files of tables as the data of a training, and a network's answers beside their columns. */
class TableDataIT {
  private static final int ROWS = 200;

  private static JavaSparkContext context;
  private static SparkSession spark;

  @TempDir static Path folder;

  @BeforeAll
  static void start() throws IOException {
    context = LocalSpark.withCores(2);
    spark = SparkSession.builder().sparkContext(context.sc()).getOrCreate();
    spark.conf().set("spark.sql.shuffle.partitions", "3");
    SplittableRandom random = new SplittableRandom(5);
    List<String> lines = new ArrayList<>(List.of("id,f1,f2,city,kind,price,count"));
    for (int i = 0; i < ROWS; i++) {
      double f1 = random.nextInt(1000) / 10.0;
      double f2 = random.nextInt(1000) / 1e5;
      String kind = f1 > 50 ? "large" : "\"small, or not\"";
      lines.add(
          "%d,%s,%s,Bonn,%s,%s,%d".formatted(i, f1, f2, kind, 3 * f1 + 0.25, 5 * (i % 3) - 5));
    }
    Files.write(folder.resolve("people.csv"), lines);
  }

  @AfterAll
  static void stop() {
    context.close();
    SparkSession.clearDefaultSession();
    SparkSession.clearActiveSession();
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Dataset load(String address, Task... task) {
    return TableData.load(spark, TableAddress.read(address), Arrays.stream(task).findFirst(), 42);
  }

  @Test
  void textsAreClassesByName() {
    Dataset data = load(path("people.csv") + "#features=f*&label=kind");
    TableForm form = data.table().orElseThrow();
    assertEquals(List.of("f1", "f2"), form.inputNames());
    assertEquals(List.of("large", "small, or not"), form.classes());
    assertEquals(160, data.train().count());
    assertEquals(40, data.test().count());
    assertEquals(2, data.train().classes());
    assertTrue(data.notices().get(0).startsWith("Task: classification, because kind"));
    RowSet rows =
        data.train().select(all(data.train().count())) instanceof RowSet some ? some : null;
    double mean = 0;
    float[] row = new float[2];
    for (int i = 0; i < rows.count(); i++) {
      rows.copyFeatures(i, row, 0);
      mean += row[0] / rows.count();
      double before = form.scaling().unscaled(0, row[0]);
      assertEquals(before > 50 ? 0 : 1, rows.label(i), "label of " + before);
    }
    assertEquals(0, mean, 1e-5, "scaled by the rows to train on");
  }

  private static int[] all(int count) {
    return IntStream.range(0, count).toArray();
  }

  @Test
  void numbersAreClassesOrTargets() {
    Dataset few = load(path("people.csv") + "#features=f1&label=count");
    assertEquals(List.of("-5", "0", "5"), few.table().orElseThrow().classes());
    Dataset many = load(path("people.csv") + "#features=f1&label=price");
    assertEquals(1, many.train().targets());
    assertTrue(many.notices().get(0).startsWith("Task: regression, because price"));
    assertEquals(List.of("price"), many.table().orElseThrow().targets());
    Dataset two = load(path("people.csv") + "#features=f1&label=price,f2");
    assertEquals(2, two.train().targets());
    assertEquals(
        1,
        load(path("people.csv") + "#features=f1&label=count", Task.REGRESSION).train().targets());
    Dataset back = load(path("people.csv") + "#features=f1,f2", Task.AUTOENCODER);
    assertEquals(Optional.empty(), back.table().orElseThrow().label());
    assertEquals(0, back.train().targets());
  }

  /** All formats hold the same rows, in other orders and files. */
  @Test
  void everyFormatGivesTheSameBits() {
    String columns = "#features=f1,f2&label=kind";
    org.apache.spark.sql.Dataset<Row> table =
        TableFile.open(spark, TableAddress.read(path("people.csv")));
    table.repartition(5).write().parquet(path("parquet"));
    table.orderBy("price").coalesce(1).write().json(path("lines"));
    table
        .repartition(3)
        .write()
        .option("header", true)
        .option("compression", "gzip")
        .csv(path("packed"));
    String expected = load(path("people.csv") + columns).checksum();
    for (String other : List.of("parquet", "parquet/part-*.parquet", "lines", "packed")) {
      Dataset data = load(path(other) + columns);
      assertEquals(expected, data.checksum(), other);
      assertEquals(2, data.table().orElseThrow().classes().size());
    }
  }

  @Test
  void aLibsvmFileHasAColumnOfVectors() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      lines.add(i % 2 + " " + (i % 2 == 0 ? "1:0.5 3:" + i : "2:1 5:-" + (i + 1)));
    }
    Files.write(folder.resolve("sparse.libsvm"), lines);
    Dataset data = load(path("sparse.libsvm"));
    TableForm form = data.table().orElseThrow();
    assertEquals(5, form.inputs());
    assertEquals("features[4]", form.inputNames().get(4));
    assertEquals(List.of(), form.classes(), "0 and 1 are numbers of classes");
  }

  private static String refused(String address, Task... task) {
    String message =
        assertThrows(DataException.class, () -> load(address, task), address).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  @Test
  void whatDoesNotFitIsRefusedInALine() throws IOException {
    String people = path("people.csv");
    assertTrue(refused(path("none.csv")).contains("found nothing of that name"));
    Files.createDirectories(folder.resolve("empty"));
    assertTrue(refused(path("empty") + "#label=y").contains("*.parquet, *.csv"));
    assertTrue(refused(people).contains("neither --label nor a column label among id, f1"));
    assertTrue(refused(people + "#label=sort").contains("column sort: expected one of id, f1"));
    assertTrue(refused(people + "#label=kind&features=g*").contains("column g*: expected one of"));
    String city = refused(people + "#label=kind");
    assertTrue(city.startsWith("column city: expected numbers, found string"), city);
    List<String> many = new ArrayList<>(List.of("x,label"));
    IntStream.range(0, 300).forEach(i -> many.add(i + "," + i));
    Files.write(folder.resolve("many.csv"), many);
    String classes = refused(path("many.csv"), Task.CLASSIFICATION);
    assertTrue(classes.contains("found more; give another --label, or --task regression"), classes);
    Files.write(folder.resolve("holes.csv"), List.of("x,label", "1,0", ",1", "3,1", "4,0"));
    String hole = refused(path("holes.csv"));
    assertTrue(hole.startsWith("column x: expected finite numbers"), hole);
    Files.write(folder.resolve("one.csv"), List.of("x,label", "1,0", "2,0"));
    assertTrue(refused(path("one.csv")).contains("2 to 256 classes"));
  }

  @Test
  void answersStandBesideTheColumns() {
    org.apache.spark.sql.Dataset<Row> table =
        TableFile.open(spark, TableAddress.read(path("people.csv")));
    Dataset data = load(path("people.csv") + "#features=f1,f2&label=kind");
    ModelSpec spec = ModelSpec.parse("2-5-2", Activation.RELU);
    SavedModel model =
        new SavedModel(spec, InitialParameters.draw(spec, 1), Optional.empty(), data.table());
    org.apache.spark.sql.Dataset<Row> answered =
        TablePredictions.of(
            table.withColumn("f2", org.apache.spark.sql.functions.expr("if(id = 7, null, f2)")),
            model);
    assertEquals(
        List.of(
            "id",
            "f1",
            "f2",
            "city",
            "kind",
            "price",
            "count",
            "prediction",
            "probability_large",
            "probability_small, or not"),
        List.of(answered.columns()));
    Predictor predictor = new Predictor(model);
    List<Row> rows = answered.collectAsList();
    assertEquals(ROWS, rows.size());
    for (Row row : rows) {
      if (row.<Integer>getAs("id") == 7) {
        assertTrue(row.isNullAt(7) && row.isNullAt(8), "no answer where a number is missing");
        continue;
      }
      float[] expected =
          predictor.probabilities(
              new float[] {
                row.<Double>getAs("f1").floatValue(), row.<Double>getAs("f2").floatValue()
              });
      assertEquals(expected[0], row.getDouble(8), 1e-6);
      assertEquals(expected[0] >= expected[1] ? "large" : "small, or not", row.getString(7));
    }
    String twice =
        assertThrows(DataException.class, () -> TablePredictions.of(answered, model)).getMessage();
    assertTrue(twice.contains("column prediction: expected none"), twice);
    String missing =
        assertThrows(DataException.class, () -> TablePredictions.of(table.drop("f1"), model))
            .getMessage();
    assertTrue(missing.startsWith("column f1: expected one of"), missing);
  }

  @Test
  void anAutoencodersAnswerIsItsError() {
    Dataset data = load(path("people.csv") + "#features=f1,f2", Task.AUTOENCODER);
    ModelSpec spec = ModelSpec.parse("2-1-2", Activation.TANH).withOutput(Output.SIGMOID);
    SavedModel model =
        new SavedModel(spec, InitialParameters.draw(spec, 1), Optional.empty(), data.table());
    Row row =
        TablePredictions.of(TableFile.open(spark, TableAddress.read(path("people.csv"))), model)
            .filter("id = 3")
            .head();
    float[] features = {row.<Double>getAs("f1").floatValue(), row.<Double>getAs("f2").floatValue()};
    float[] back = new Predictor(model).outputs(features);
    double error = 0;
    for (int i = 0; i < 2; i++) {
      double scaled = data.table().orElseThrow().scaling().scaled(i, features[i]);
      error += (back[i] - scaled) * (back[i] - scaled) / 2;
    }
    assertEquals(error, row.<Double>getAs("reconstruction_error"), 1e-9);
  }

  @Test
  void aNetworkFindsItsColumnsInAnotherTable() {
    Dataset data = load(path("people.csv") + "#features=f1,f2&label=kind");
    TableForm form = data.table().orElseThrow();
    org.apache.spark.sql.Dataset<Row> table =
        TableFile.open(spark, TableAddress.read(path("people.csv")));
    TableRows.Collected found =
        TableData.rowsFor(table.select("kind", "f2", "f1"), form, 2, InvalidRows.ERROR);
    assertEquals(ROWS, found.rows().count());
    assertEquals(Optional.empty(), found.notice());
    assertThrows(
        DataException.class,
        () -> TableData.rowsFor(table.drop("kind"), form, 2, InvalidRows.ERROR));
    assertThrows(
        DataException.class,
        () ->
            TableData.rowsFor(
                table.withColumn("kind", org.apache.spark.sql.functions.lit("huge")),
                form,
                2,
                InvalidRows.ERROR));
    TableRows.Collected some =
        TableData.rowsFor(
            table.withColumn(
                "kind", org.apache.spark.sql.functions.expr("if(id < 3, 'huge', kind)")),
            form,
            2,
            InvalidRows.SKIP);
    assertEquals(ROWS - 3, some.rows().count());
    assertEquals(Optional.of("3 rows with missing or invalid values were left out"), some.notice());
  }

  @Test
  void rowsWithHolesAreLeftOutWhereThatIsAsked() throws IOException {
    List<String> whole = new ArrayList<>(List.of("x,label"));
    List<String> holes = new ArrayList<>(List.of("x,label", ",0"));
    for (int i = 0; i < 40; i++) {
      whole.add(i + "," + i % 2);
      holes.add(i + "," + i % 2);
    }
    holes.addAll(List.of("NaN,1", "7,"));
    Files.write(folder.resolve("whole.csv"), whole);
    Files.write(folder.resolve("some-holes.csv"), holes);
    Dataset found = load(path("some-holes.csv") + "#handle-invalid=skip");
    assertEquals(load(path("whole.csv")).checksum(), found.checksum(), "as if they were not there");
    assertTrue(
        found.notices().contains("3 rows with missing or invalid values were left out"),
        found.notices().toString());
    assertTrue(found.origin().endsWith("some-holes.csv#handle-invalid=skip"), found.origin());
    assertTrue(
        refused(path("some-holes.csv") + "#handle-invalid=error").startsWith("column x: expected"));
  }

  /** A first row without an array, or with another length, does not say how long arrays are. */
  @Test
  void arraysOfTheMostFrequentLengthStay() throws IOException {
    List<String> lines = new ArrayList<>(List.of("{\"v\":[1.5],\"label\":0}", "{\"label\":1}"));
    for (int i = 0; i < 40; i++) {
      lines.add("{\"v\":[%d,%d.5],\"label\":%d}".formatted(i, i, i % 2));
    }
    Files.write(folder.resolve("arrays.json"), lines);
    Dataset found = load(path("arrays.json") + "#handle-invalid=skip");
    assertEquals(List.of("v[0]", "v[1]"), found.table().orElseThrow().inputNames());
    assertEquals(40, found.train().count() + found.test().count());
  }
}
