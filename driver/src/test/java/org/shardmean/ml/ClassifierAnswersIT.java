package org.shardmean.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What a trained classifier answers. */
class ClassifierAnswersIT extends OnClouds {
  @Test
  void everyColumnOfTheAnswerIsWhatItSays() {
    Dataset<Row> answered = trained.transform(clouds);
    assertTrue(accuracy(answered) > 0.95, "accuracy " + accuracy(answered));
    assertEquals(
        List.of(
            "id", "features", "label", "y", "held", "rawPrediction", "probability", "prediction"),
        List.of(answered.columns()));
    for (Row row : answered.limit(20).collectAsList()) {
      Vector raw = row.getAs("rawPrediction");
      Vector probability = row.getAs("probability");
      double sum = Arrays.stream(raw.toArray()).map(Math::exp).sum();
      for (int c = 0; c < 3; c++) {
        assertEquals(Math.exp(raw.apply(c)) / sum, probability.apply(c), 1e-9);
      }
      assertEquals(probability.argmax(), row.<Double>getAs("prediction").intValue());
      assertEquals(raw, trained.predictRaw(row.getAs("features")));
      assertEquals(row.<Double>getAs("prediction"), trained.predict(row.getAs("features")));
    }
    ShardmeanClassificationModel alone = trained.copy(ParamMap.empty());
    alone.setRawPredictionCol("").setProbabilityCol("").setPredictionCol("said");
    Dataset<Row> said = alone.transform(clouds);
    assertEquals(List.of("id", "features", "label", "y", "held", "said"), List.of(said.columns()));
    assertEquals(0, said.join(answered, "id").filter("said <> prediction").count());
  }

  @Test
  void thresholdsMoveTheAnswers() {
    ShardmeanClassificationModel model = trained.copy(ParamMap.empty());
    model.setThresholds(new double[] {1e-9, 1, 1});
    assertEquals(300, model.transform(clouds).filter("prediction = 0.0").count());
    assertArrayEquals(
        new double[] {1, 0.5, 0.2},
        classifier().setThresholds(new double[] {1, 0.5, 0.2}).fit(clouds).getThresholds());
  }

  @Test
  void arraysAreFeaturesToo() {
    Dataset<Row> arrays =
        clouds.withColumn("features", functions.vector_to_array(col("features"), "float64"));
    ShardmeanClassificationModel model = classifier().fit(arrays);
    assertArrayEquals(bits(trained), bits(model));
    Dataset<Row> answered = model.transform(arrays);
    assertEquals(
        arrays.schema(),
        answered
            .select(
                Arrays.stream(arrays.columns())
                    .map(org.apache.spark.sql.functions::col)
                    .toArray(org.apache.spark.sql.Column[]::new))
            .schema());
    assertEquals(accuracy(trained.transform(clouds)), accuracy(answered));
  }

  @Test
  void sparseVectorsGetTheSameAnswers() {
    Vector dense = Vectors.dense(0, 0.25, 0, 5);
    assertEquals(trained.predictRaw(dense), trained.predictRaw(dense.toSparse()));
  }

  @Test
  void labelsThatWereTextsComeBackAsTexts() {
    Dataset<Row> table = clouds.withColumn("name", expr("concat('kind ', int(label))"));
    StringIndexer indexer = new StringIndexer().setInputCol("name").setOutputCol("indexed");
    ShardmeanClassifier classifier =
        new ShardmeanClassifier()
            .setLabelCol("indexed")
            .setNumWorkers(1)
            .setBlockSize(10)
            .setMaxIter(8);
    PipelineModel model =
        new Pipeline().setStages(new PipelineStage[] {indexer, classifier}).fit(table);
    ShardmeanClassificationModel last = (ShardmeanClassificationModel) model.stages()[1];
    assertArrayEquals(new int[] {4, 128, 64, 3}, last.layers(), "from the label's metadata");
    assertEquals(
        List.of(indexer.fit(table).labelsArray()[0]),
        last.network().table().orElseThrow().classes());
    Dataset<Row> named =
        new IndexToString()
            .setInputCol("prediction")
            .setOutputCol("named")
            .setLabels(indexer.fit(table).labelsArray()[0])
            .transform(model.transform(table));
    long right = named.filter("named = name").count();
    assertTrue(right > 270, "named correctly: " + right);
  }
}
