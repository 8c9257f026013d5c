package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.Shardmean;
import org.shardmean.data.RowScaling;
import org.shardmean.data.TableForm;
import org.shardmean.model.Activation;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.SavedModel;
import org.shardmean.predict.Predictor;

/** A saved network as a function of Spark SQL, against the same network asked without Spark. */
class PredictFunctionIT {
  private static final int ROWS = 200;
  private static final ModelSpec SPEC = ModelSpec.parse("6-5-4", Activation.SIGMOID);
  private static final SavedModel MODEL = new SavedModel(SPEC, InitialParameters.draw(SPEC, 4));
  private static final Predictor EXPECTED = new Predictor(MODEL);

  private static final StructType SCHEMA =
      DataTypes.createStructType(
          List.of(
              DataTypes.createStructField("pixels", DataTypes.BinaryType, true),
              DataTypes.createStructField(
                  "features", DataTypes.createArrayType(DataTypes.DoubleType), true)));

  private static SparkSession spark;

  @TempDir Path folder;

  @BeforeAll
  static void begin() {
    JavaSparkContext context = LocalSpark.withCores(2);
    spark = SparkSession.builder().sparkContext(context.sc()).getOrCreate();
    spark.createDataFrame(rows(), SCHEMA).repartition(3).createOrReplaceTempView("images");
  }

  @AfterAll
  static void end() {
    if (spark != null) {
      spark.close();
    }
  }

  /** It used to take the table's numbers for scaled ones. */
  @Test
  void aNetworkOfATableTakesItsNumbersAsTheyAre() throws Exception {
    List<TableForm.Column> columns =
        IntStream.range(0, 6).mapToObj(i -> TableForm.Column.of("c" + i)).toList();
    RowScaling scaling =
        new RowScaling(new double[] {1, 2, 3, 4, 5, 6}, new double[] {9, 8, 7, 6, 5, 4});
    TableForm form = new TableForm(columns, Optional.of("kind"), List.of(), List.of(), scaling);
    SavedModel model = MODEL.withTable(Optional.of(form));
    Path file = folder.resolve("table.zip");
    try (OutputStream out = Files.newOutputStream(file)) {
      model.write(out);
    }
    Shardmean.registerPredict(spark, "kind", file.toString());
    Predictor expected = new Predictor(model);

    List<Row> answers =
        spark.sql("SELECT features, kind(features).probabilities AS p FROM images").collectAsList();

    assertEquals(ROWS, answers.size());
    for (Row row : answers) {
      List<Double> numbers = row.getList(0);
      float[] features = new float[numbers.size()];
      for (int f = 0; f < features.length; f++) {
        features[f] = numbers.get(f).floatValue();
      }
      float[] probabilities = expected.probabilities(features);
      for (int c = 0; c < probabilities.length; c++) {
        assertEquals(probabilities[c], row.<Float>getList(1).get(c));
      }
    }
  }

  @Test
  void aFunctionFromAFileSaysOfBytesWhatThePredictorSays() throws Exception {
    Path file = folder.resolve("model.zip");
    try (OutputStream out = Files.newOutputStream(file)) {
      MODEL.write(out);
    }
    Shardmean.registerPredict(spark, "digit", file.toString());

    List<Row> answers =
        spark
            .sql(
                "SELECT pixels, digit(pixels).predicted AS predicted,"
                    + " digit(pixels).probabilities AS probabilities FROM images")
            .collectAsList();

    assertEquals(ROWS, answers.size());
    for (Row row : answers) {
      byte[] pixels = row.getAs("pixels");
      assertEquals(EXPECTED.predict(pixels), row.<Integer>getAs("predicted"));
      assertEquals(listOf(EXPECTED.probabilities(pixels)), row.getList(2));
    }
  }

  @Test
  void arraysOfNumbersAreTakenAsTheFirstLayerTakesThem() {
    Shardmean.registerPredict(spark, "digit", MODEL);

    for (String type : List.of("double", "float", "decimal(20,12)")) {
      List<Row> answers =
          spark
              .sql(
                  "SELECT pixels, digit(CAST(features AS array<%s>)).predicted FROM images"
                      .formatted(type))
              .collectAsList();

      assertEquals(ROWS, answers.size());
      for (Row row : answers) {
        assertEquals(EXPECTED.predict(row.<byte[]>getAs("pixels")), row.getInt(1));
      }
    }
  }

  @Test
  void nullGivesNullAndWhatIsNoExampleFailsWithTheReason() {
    Shardmean.registerPredict(spark, "digit", MODEL);

    assertNull(spark.sql("SELECT digit(CAST(NULL AS binary))").first().get(0));
    assertFails("expected 6 features", "SELECT digit(array(1.0, 2.0))");
    assertFails("feature 1", "SELECT digit(array(1.0, NULL, 3.0, 4.0, 5.0, 6.0))");
    assertFails("binary", "SELECT digit('text')");
  }

  private static void assertFails(String words, String query) {
    Throwable thrown = assertThrows(Exception.class, () -> spark.sql(query).collectAsList());
    String all = "";
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      all += cause.getMessage() + "\n";
    }
    assertTrue(all.contains(words), all);
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      byte[] pixels = new byte[6];
      List<Double> features = new ArrayList<>();
      for (int p = 0; p < 6; p++) {
        pixels[p] = (byte) (i * 37 + p * 91);
        features.add((pixels[p] & 0xff) / 255.0);
      }
      rows.add(RowFactory.create(pixels, features));
    }
    return rows;
  }

  private static List<Float> listOf(float[] values) {
    List<Float> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }
}
