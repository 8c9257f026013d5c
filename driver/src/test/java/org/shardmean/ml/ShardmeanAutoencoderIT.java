package org.shardmean.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.rand;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.run.ConfigurationException;
import org.shardmean.spark.LocalSpark;

class ShardmeanAutoencoderIT {
  private static JavaSparkContext context;
  private static SparkSession spark;
  private static Dataset<Row> table;

  /** Trained once, asked in many tests. */
  private static ShardmeanAutoencoderModel trained;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    context = LocalSpark.withCores(2);
    spark = SparkSession.builder().sparkContext(context.sc()).getOrCreate();
    spark.conf().set("spark.sql.shuffle.partitions", "3");
    table = onALine(400, 1, false);
    trained = autoencoder().fit(table);
  }

  @AfterAll
  static void stop() {
    context.close();
    SparkSession.clearDefaultSession();
    SparkSession.clearActiveSession();
  }

  /** Six features that follow from one number; of strange rows each from another. */
  private static Dataset<Row> onALine(int count, long seed, boolean isStrange) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] features = new double[6];
      double one = random.nextDouble();
      for (int f = 0; f < 6; f++) {
        double number = isStrange ? random.nextDouble() : one;
        features[f] = 100 * f + (f + 1) * (f % 2 == 0 ? number : 1 - number);
      }
      rows.add(RowFactory.create(i, Vectors.dense(features), 0.0, 0.0, false));
    }
    return spark.createDataFrame(rows, Tables.SCHEMA).repartition(3).cache();
  }

  private static ShardmeanAutoencoder autoencoder() {
    return new ShardmeanAutoencoder()
        .setLayers(new int[] {6, 8, 2, 8, 6})
        .setNumWorkers(1)
        .setBlockSize(10)
        .setStepSize(0.01)
        .setSettings(new String[] {"hidden-activation=tanh"})
        .setMaxIter(30);
  }

  private static double error(Dataset<Row> rows) {
    return trained.transform(rows).agg(expr("avg(reconstructionError)")).head().getDouble(0);
  }

  @Test
  void rowsUnlikeThoseItKnowsHaveALargeError() {
    double known = error(onALine(200, 2, false));
    double strange = error(onALine(200, 3, true));
    assertTrue(known < 0.02, "the mean alone has 0.083: " + known);
    assertTrue(strange > 3 * known, "known " + known + ", strange " + strange);
  }

  @Test
  void theCodeIsWhatTheNarrowestLayerSays() {
    Dataset<Row> answered = trained.transform(table);
    assertEquals(trained.transformSchema(table.schema()), answered.schema());
    for (Row row : answered.limit(5).collectAsList()) {
      Vector code = row.getAs("code");
      assertEquals(2, code.size());
      assertTrue(row.<Double>getAs("reconstructionError") >= 0);
    }
    ShardmeanAutoencoderModel alone = trained.copy(ParamMap.empty());
    alone.setErrorCol("").setOutputCol("narrow");
    assertEquals("narrow", alone.transform(table).columns()[5]);
    assertEquals(6, alone.transform(table).columns().length);
  }

  @Test
  void theSameRowsGiveTheSameBitsInAnyOrderAndPartitioning() {
    Dataset<Row> arrays =
        table.withColumn("features", functions.vector_to_array(col("features"), "float64"));
    for (Dataset<Row> other : List.of(table.orderBy(rand(3)).repartition(7), arrays)) {
      assertArrayEquals(
          trained.network().parameters(), autoencoder().fit(other).network().parameters());
    }
    assertEquals(400, trained.transform(arrays).filter("reconstructionError < 1").count());
  }

  @Test
  void whatWillNotDoIsRefused() {
    assertThrows(
        ConfigurationException.class, () -> autoencoder().setLayers(new int[] {6, 6}).fit(table));
    assertThrows(
        IllegalArgumentException.class, () -> autoencoder().setFeaturesCol("id").fit(table));
    assertThrows(
        IllegalArgumentException.class, () -> autoencoder().setOutputCol("label").fit(table));
  }

  @Test
  void itIsAsSparkWantsIt() throws IOException {
    ParamsChecks.checkParams(new ShardmeanAutoencoder("mine"));
    ParamsChecks.checkParams(trained);
    assertTrue(trained.summary().objectiveHistory()[29] < trained.summary().objectiveHistory()[0]);
    PipelineModel model =
        new Pipeline().setStages(new PipelineStage[] {autoencoder().setOutputCol("c")}).fit(table);
    model.write().save(folder.resolve("fitted").toString());
    PipelineModel back = PipelineModel.load(folder.resolve("fitted").toString());
    assertEquals(
        model.transform(table).orderBy("id").collectAsList(),
        back.transform(table).orderBy("id").collectAsList());
    assertFalse(((ShardmeanAutoencoderModel) back.stages()[0]).hasSummary());
    autoencoder().write().save(folder.resolve("estimator").toString());
    assertEquals(
        30, ShardmeanAutoencoder.load(folder.resolve("estimator").toString()).getMaxIter());
  }
}
