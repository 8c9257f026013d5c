package org.shardmean.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.shardmean.spark.LocalSpark;

/**
 * Pipelines that an earlier build saved, and what they answered then: this build opens them and
 * gives the same answers. A version that is released keeps its folder for good; {@code
 * -DwriteSavedPipelines=FOLDER} writes one for another version.
 */
class SavedPipelineIT {
  private static final Path SAVED = Path.of("src/test/resources/saved-pipelines/0.1.0");
  private static final String ANSWERS = "answers.csv";
  private static final int ROWS = 12;

  private static JavaSparkContext context;
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    context = LocalSpark.withCores(2);
    spark = SparkSession.builder().sparkContext(context.sc()).getOrCreate();
  }

  @AfterAll
  static void stop() {
    context.close();
    SparkSession.clearDefaultSession();
    SparkSession.clearActiveSession();
  }

  /** Rows by a formula. */
  private static Dataset<Row> table(int rows) {
    StructType schema =
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("length", DataTypes.DoubleType)
            .add("width", DataTypes.DoubleType)
            .add("kind", DataTypes.StringType)
            .add("price", DataTypes.DoubleType);
    List<Row> table = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double length = 100 + i * 37 % 101;
      double width = 0.01 * (i * 53 % 97);
      String kind = length > 150 ? "large" : width > 0.5 ? "wide" : "small";
      table.add(RowFactory.create(i, length, width, kind, 1_000 + 3 * length - 200 * width));
    }
    return spark.createDataFrame(table, schema).coalesce(1);
  }

  @Test
  void aClassifierAnswersAsItDid() throws IOException {
    PipelineModel model = PipelineModel.load(SAVED.resolve("classifier").toString());
    ShardmeanClassificationModel last = (ShardmeanClassificationModel) model.stages()[2];
    assertArrayEquals(new int[] {2, 6, 3}, last.layers());
    assertEquals(List.of("large", "small", "wide"), last.network().table().orElseThrow().classes());
    assertAnswers("classifier", answers(model, "rawPrediction", "prediction"), 0);
  }

  @Test
  void aRegressorAnswersAsItDid() throws IOException {
    PipelineModel model = PipelineModel.load(SAVED.resolve("regressor").toString());
    assertAnswers("regressor", answers(model, "prediction"), 0);
  }

  /** Its error goes through the sigmoid, whose last bit may be another's on other processors. */
  @Test
  void anAutoencoderAnswersAsItDid() throws IOException {
    PipelineModel model = PipelineModel.load(SAVED.resolve("autoencoder").toString());
    assertAnswers("autoencoder", answers(model, "code", "reconstructionError"), 1e-9);
  }

  private static List<double[]> answers(PipelineModel model, String... columns) {
    return model.transform(table(ROWS)).orderBy("id").collectAsList().stream()
        .map(row -> numbers(row, columns))
        .toList();
  }

  private static double[] numbers(Row row, String... columns) {
    return Arrays.stream(columns)
        .map(row::<Object>getAs)
        .flatMapToDouble(
            cell ->
                cell instanceof Vector vector
                    ? Arrays.stream(vector.toArray())
                    : Arrays.stream(new double[] {(Double) cell}))
        .toArray();
  }

  private static void assertAnswers(String name, List<double[]> found, double tolerance)
      throws IOException {
    List<String> lines = Files.readAllLines(SAVED.resolve(name).resolve(ANSWERS));
    assertEquals(ROWS, lines.size());
    for (int i = 0; i < ROWS; i++) {
      double[] expected =
          Arrays.stream(lines.get(i).split(",", -1)).mapToDouble(Double::parseDouble).toArray();
      if (tolerance == 0) {
        assertArrayEquals(expected, found.get(i), "row " + i);
      } else {
        assertArrayEquals(expected, found.get(i), tolerance, "row " + i);
      }
    }
    assertTrue(found.stream().map(Arrays::toString).distinct().count() > 1, "all rows alike");
  }

  @Test
  @EnabledIfSystemProperty(named = "writeSavedPipelines", matches = ".+")
  void write() throws IOException {
    Path folder = Path.of(System.getProperty("writeSavedPipelines"));
    VectorAssembler assembler =
        new VectorAssembler()
            .setInputCols(new String[] {"length", "width"})
            .setOutputCol("features");
    ShardmeanClassifier classifier =
        new ShardmeanClassifier()
            .setLabelCol("label")
            .setLayers(new int[] {2, 6, 3})
            .setNumWorkers(2)
            .setMaxIter(30)
            .setBlockSize(8)
            .setStepSize(0.03);
    StringIndexer indexer =
        new StringIndexer()
            .setInputCol("kind")
            .setOutputCol("label")
            .setStringOrderType("alphabetAsc");
    save(
        folder,
        "classifier",
        List.of("rawPrediction", "prediction"),
        indexer,
        assembler,
        classifier);
    ShardmeanRegressor regressor =
        new ShardmeanRegressor()
            .setLabelCol("price")
            .setLayers(new int[] {2, 6, 1})
            .setNumWorkers(2)
            .setMaxIter(30)
            .setBlockSize(8)
            .setStepSize(0.03);
    save(folder, "regressor", List.of("prediction"), assembler, regressor);
    ShardmeanAutoencoder autoencoder =
        new ShardmeanAutoencoder()
            .setLayers(new int[] {2, 4, 1, 4, 2})
            .setNumWorkers(1)
            .setMaxIter(30)
            .setBlockSize(8)
            .setStepSize(0.03)
            .setSettings(new String[] {"hidden-activation=tanh"});
    save(folder, "autoencoder", List.of("code", "reconstructionError"), assembler, autoencoder);
  }

  private static void save(Path folder, String name, List<String> columns, PipelineStage... stages)
      throws IOException {
    PipelineModel model = new Pipeline().setStages(stages).fit(table(200));
    model.write().save(folder.resolve(name).toString());
    List<String> lines =
        answers(model, columns.toArray(String[]::new)).stream()
            .map(row -> String.join(",", Arrays.stream(row).mapToObj(String::valueOf).toList()))
            .toList();
    Files.write(folder.resolve(name).resolve(ANSWERS), lines);
  }
}
