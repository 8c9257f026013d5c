package org.shardmean.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rand;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.data.DataException;
import org.shardmean.model.Output;
import org.shardmean.spark.LocalSpark;

class ShardmeanRegressorIT {
  private static JavaSparkContext context;
  private static SparkSession spark;
  private static Dataset<Row> table;

  /** Trained once, asked in many tests. */
  private static ShardmeanRegressionModel trained;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    context = LocalSpark.withCores(2);
    spark = SparkSession.builder().sparkContext(context.sc()).getOrCreate();
    spark.conf().set("spark.sql.shuffle.partitions", "3");
    table = Tables.clouds(spark, 300, 1);
    trained = regressor().fit(table);
  }

  @AfterAll
  static void stop() {
    context.close();
    SparkSession.clearDefaultSession();
    SparkSession.clearActiveSession();
  }

  private static ShardmeanRegressor regressor() {
    return new ShardmeanRegressor()
        .setLabelCol("y")
        .setLayers(new int[] {4, 8, 1})
        .setNumWorkers(2)
        .setBlockSize(10)
        .setStepSize(0.02)
        .setMaxIter(20);
  }

  private static double share(Dataset<Row> answered) {
    return new RegressionEvaluator().setLabelCol("y").setMetricName("r2").evaluate(answered);
  }

  /** Features of unlike size, and a target far from 0. */
  @Test
  void aLinearTargetIsLearnedInItsOwnSize() {
    double share = share(trained.transform(Tables.clouds(spark, 200, 9)));
    assertTrue(share > 0.98, "explained of rows that did not train: " + share);
    assertEquals(Output.IDENTITY, trained.network().spec().output());
    Row row = trained.transform(table).select("features", "prediction").head();
    assertEquals(row.getDouble(1), trained.predict(row.getAs(0)));
  }

  /** Several tasks look at so many rows, and what they saw is added up. */
  @Test
  void thousandsOfRowsCanBeHeldOut() {
    ShardmeanRegressionModel model =
        regressor()
            .setMaxIter(1)
            .setValidationIndicatorCol("held")
            .fit(Tables.clouds(spark, 15_500, 2));

    assertEquals(3_100, model.summary().result().residuals().get(0).rows());
  }

  @Test
  void theSameRowsGiveTheSameBitsInAnyOrderAndPartitioning() {
    for (Dataset<Row> other : List.of(table.repartition(7), table.orderBy(rand(3)).coalesce(1))) {
      assertArrayEquals(
          trained.network().parameters(), regressor().fit(other).network().parameters());
    }
    Dataset<Row> arrays =
        table.withColumn("features", functions.vector_to_array(col("features"), "float64"));
    ShardmeanRegressionModel model = regressor().fit(arrays);
    assertArrayEquals(trained.network().parameters(), model.network().parameters());
    assertEquals(share(trained.transform(table)), share(model.transform(arrays)));
  }

  @Test
  void theDataAndThePresetGiveTheRest() {
    ShardmeanRegressionModel model =
        new ShardmeanRegressor().setLabelCol("y").setValidationIndicatorCol("held").fit(table);
    assertArrayEquals(new int[] {4, 128, 64, 1}, model.layers());
    double share = share(model.transform(table.filter("held")));
    assertTrue(share > 0.95, "explained of the rows set aside: " + share);
    ShardmeanTrainingSummary summary = model.summary();
    assertTrue(summary.validationLosses()[19] < 0.1, "in squares of the standard deviation");
    assertEquals(0, summary.confusionMatrix().length);
    assertTrue(summary.reasons().stream().anyMatch(line -> line.startsWith("layers = 4-128-64-1")));
  }

  @Test
  void aConstantTargetIsAnswered() {
    ShardmeanRegressionModel model =
        regressor().setMaxIter(1).fit(table.withColumn("y", lit(12.5)));
    assertEquals(300, model.transform(table).filter("prediction = 12.5").count());
  }

  @Test
  void weightsAndStandardizationCount() {
    Dataset<Row> weighted =
        table
            .withColumn("w", lit(1.0))
            .union(table.withColumn("y", lit(-1000.0)).withColumn("w", lit(0.0)));
    ShardmeanRegressionModel model = regressor().setWeightCol("w").fit(weighted);
    double mean = model.transform(table).agg(expr("avg(abs(prediction - y))")).head().getDouble(0);
    assertTrue(mean < 100, "rows of weight 0 teach nothing; halfway are 500: " + mean);
    assertArrayEquals(
        new double[] {1, 1, 1, 1},
        java.util.Arrays.copyOf(
            regressor()
                .setStandardization(false)
                .setStepSize(1e-7)
                .setMaxIter(1)
                .fit(table)
                .scaling()
                .scales(),
            4));
  }

  @Test
  void rowsThatAreNoExamplesAreNamedOrSkipped() {
    Dataset<Row> bad =
        table.union(
            spark.createDataFrame(
                List.of(
                    RowFactory.create(1, Vectors.dense(1, 2, 3, 4), 1.0, Double.NaN, false),
                    RowFactory.create(2, null, 1.0, 0.0, false)),
                Tables.SCHEMA));
    assertTrue(
        assertThrows(DataException.class, () -> regressor().fit(bad))
            .getMessage()
            .startsWith("column features: expected finite numbers within float32, found 1 row"));
    ShardmeanRegressionModel model = regressor().setHandleInvalid("skip").fit(bad);
    assertArrayEquals(trained.network().parameters(), model.network().parameters());
    assertEquals(301, model.transform(bad).count(), "a row without a target has an answer");
  }

  @Test
  void itIsAsSparkWantsIt() throws IOException {
    ParamsChecks.checkParams(new ShardmeanRegressor("mine"));
    ParamsChecks.checkParams(trained);
    PipelineModel model = new Pipeline().setStages(new PipelineStage[] {regressor()}).fit(table);
    model.write().save(folder.resolve("fitted").toString());
    PipelineModel back = PipelineModel.load(folder.resolve("fitted").toString());
    assertEquals(
        model.transform(table).orderBy("id").collectAsList(),
        back.transform(table).orderBy("id").collectAsList());
    ShardmeanRegressionModel read = (ShardmeanRegressionModel) back.stages()[0];
    assertEquals(trained.scaling(), read.scaling());
    assertFalse(read.hasSummary());
    regressor().write().save(folder.resolve("estimator").toString());
    assertEquals(20, ShardmeanRegressor.load(folder.resolve("estimator").toString()).getMaxIter());

    ShardmeanRegressor regressor = regressor().setMaxIter(3);
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(regressor.stepSize(), new double[] {1e-6, 0.02}).build();
    CrossValidatorModel crossed =
        new CrossValidator()
            .setEstimator(regressor)
            .setEstimatorParamMaps(grid)
            .setEvaluator(new RegressionEvaluator().setLabelCol("y"))
            .setNumFolds(2)
            .fit(table);
    assertEquals(0.02, ((ShardmeanRegressor) crossed.bestModel().parent()).getStepSize());
  }
}
