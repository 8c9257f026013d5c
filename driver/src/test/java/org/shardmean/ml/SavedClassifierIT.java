package org.shardmean.ml;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.shardmean.data.DataException;
import org.shardmean.data.TableForm;
import org.shardmean.predict.Predictor;

/** A classifier as a part of saved pipelines. */
class SavedClassifierIT extends OnClouds {
  @Test
  void estimatorAndModelAreAsSparkWantsThem() {
    ParamsChecks.checkParams(new ShardmeanClassifier());
    ParamsChecks.checkParams(new ShardmeanClassifier("mine"));
    ParamsChecks.checkParams(trained);
    assertEquals("mine", new ShardmeanClassifier("mine").uid());
    assertNotEquals(new ShardmeanClassifier().uid(), new ShardmeanClassifier().uid());
    ShardmeanClassifier one = classifier();
    assertEquals(3, one.copy(new ParamMap().put(one.maxIter().w(3))).getMaxIter());
    assertEquals(6, one.getMaxIter());
    assertEquals(20, new ShardmeanClassifier().getMaxIter());
    assertEquals(one.uid(), one.fit(clouds).uid());
    assertTrue(trained.hasParent());
  }

  @Test
  void savedPartsComeBack() throws IOException {
    ShardmeanClassifier estimator = classifier().setFeaturesCol("x").setWeightCol("w");
    estimator.write().save(folder.resolve("estimator").toString());
    ShardmeanClassifier read = ShardmeanClassifier.load(folder.resolve("estimator").toString());
    assertEquals(estimator.uid(), read.uid());
    assertEquals(ParamsChecks.values(estimator), ParamsChecks.values(read));

    ShardmeanClassificationModel model = trained.copy(ParamMap.empty());
    model.setThresholds(new double[] {1, 2, 3});
    model.write().save(folder.resolve("model").toString());
    assertThrows(IOException.class, () -> model.write().save(folder.resolve("model").toString()));
    model.write().overwrite().save(folder.resolve("model").toString());
    ShardmeanClassificationModel back =
        ShardmeanClassificationModel.load(folder.resolve("model").toString());
    assertEquals(ParamsChecks.values(model), ParamsChecks.values(back));
    assertArrayEquals(bits(model), bits(back));
    assertEquals(model.scaling(), back.scaling());
    assertFalse(back.hasSummary());
    assertThrows(IllegalStateException.class, back::summary);
    assertEquals(
        model.transform(clouds).orderBy("id").collectAsList(),
        back.transform(clouds).orderBy("id").collectAsList());
    assertThrows(
        IllegalArgumentException.class,
        () -> ShardmeanClassifier.load(folder.resolve("model").toString()));
  }

  @Test
  void aSavedPipelineComesBack() throws IOException {
    Dataset<Row> columns =
        clouds
            .withColumn("a", functions.vector_to_array(col("features"), "float64"))
            .selectExpr("id", "label", "a[0] as x", "a[1] as y", "a[2] as z", "a[3] as u");
    VectorAssembler assembler =
        new VectorAssembler()
            .setInputCols(new String[] {"x", "y", "z", "u"})
            .setOutputCol("features");
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {assembler, classifier()});
    pipeline.write().save(folder.resolve("pipeline").toString());
    PipelineModel model = Pipeline.load(folder.resolve("pipeline").toString()).fit(columns);
    model.write().save(folder.resolve("fitted").toString());
    PipelineModel back = PipelineModel.load(folder.resolve("fitted").toString());
    ShardmeanClassificationModel last = (ShardmeanClassificationModel) back.stages()[1];
    assertArrayEquals(bits(trained), bits(last));
    assertEquals(List.of("x", "y", "z", "u"), last.network().table().orElseThrow().inputNames());
    assertEquals(
        model.transform(columns).orderBy("id").collectAsList(),
        back.transform(columns).orderBy("id").collectAsList());
  }

  /** What stands in a model.zip is tested where it is read. */
  @Test
  void aNetworkOfImagesIsNoModelOfTables() throws IOException {
    Path saved = folder.resolve("model");
    trained.write().save(saved.toString());
    Files.deleteIfExists(saved.resolve(".model.zip.crc"));
    try (OutputStream out = Files.newOutputStream(saved.resolve("model.zip"))) {
      trained.network().withTable(Optional.empty()).write(out);
    }
    String message =
        assertThrows(DataException.class, () -> ShardmeanClassificationModel.load(saved.toString()))
            .getMessage();
    assertTrue(message.contains("model.zip: expected a network for tables"), message);
    Files.delete(saved.resolve("model.zip"));
    assertThrows(DataException.class, () -> ShardmeanClassificationModel.load(saved.toString()));
  }

  @Test
  void theNetworkKnowsItsColumns() {
    TableForm form = trained.network().table().orElseThrow();
    assertEquals("features[0]", form.inputNames().get(0));
    assertEquals(Optional.of("label"), form.label());
    assertEquals(trained.scaling(), form.scaling());
    Vector row = Vectors.dense(1200, 0.5, -0.0005, 5);
    float[] probabilities =
        new Predictor(trained.network()).probabilities(new float[] {1200, 0.5f, -0.0005f, 5});
    for (int c = 0; c < 3; c++) {
      assertEquals(trained.predictProbability(row).apply(c), probabilities[c], 1e-6);
    }
  }
}
