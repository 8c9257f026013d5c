package org.shardmean.ml;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.shardmean.data.DataException;

/** What a classifier refuses, and how it says so. */
class ClassifierRefusalsIT extends OnClouds {
  @Test
  void rowsThatAreNoExamplesAreNamedOrSkipped() {
    Dataset<Row> bad =
        clouds.union(
            spark.createDataFrame(
                List.of(
                    RowFactory.create(1, Vectors.dense(1, 2, Double.NaN, 4), 1.0, 0.0, false),
                    RowFactory.create(2, null, 1.0, 0.0, false),
                    RowFactory.create(3, Vectors.dense(1, 2), 1.0, 0.0, false)),
                Tables.SCHEMA));
    String message = assertThrows(DataException.class, () -> classifier().fit(bad)).getMessage();
    assertTrue(message.startsWith("column features: expected finite numbers"), message);
    assertTrue(
        assertThrows(
                DataException.class,
                () -> classifier().fit(clouds.withColumn("label", expr("if(id = 7, 5, label)"))))
            .getMessage()
            .startsWith("column label: expected a whole number from 0 to 2, found 1 row"));
    ShardmeanClassificationModel model = classifier().setHandleInvalid("skip").fit(bad);
    assertArrayEquals(bits(trained), bits(model));
    assertEquals(3, model.summary().skippedRows());
    assertEquals(300, model.transform(bad).count());
    Exception failed =
        assertThrows(
            Exception.class,
            () ->
                trained
                    .transform(bad)
                    .agg(org.apache.spark.sql.functions.sum("prediction"))
                    .head());
    assertTrue(chain(failed).contains("expected a"), chain(failed));
  }

  private static String chain(Throwable failed) {
    StringBuilder all = new StringBuilder();
    for (Throwable t = failed; t != null; t = t.getCause()) {
      all.append(t.getMessage()).append('\n');
    }
    return all.toString();
  }

  @Test
  void labelsThatNameTooManyClassesAreRefused() {
    String message =
        assertThrows(
                DataException.class,
                () ->
                    new ShardmeanClassifier().fit(clouds.withColumn("label", expr("label * 100"))))
            .getMessage();
    assertTrue(message.contains("expected labels from 0 to 99, found 200"), message);
  }

  @Test
  void columnsOfTheWrongTypeAreRefusedBySpark() {
    assertThrows(
        IllegalArgumentException.class,
        () -> classifier().fit(clouds.withColumn("features", lit("text"))));
    assertThrows(
        IllegalArgumentException.class,
        () -> trained.transformSchema(clouds.drop("features").schema()));
    assertThrows(IllegalArgumentException.class, () -> classifier().setMaxIter(0));
    assertThrows(IllegalArgumentException.class, () -> classifier().setSolver("l-bfgs"));
  }

  @Test
  void labelsThatAreTextsAreSentToStringIndexer() {
    Dataset<Row> texts = clouds.withColumn("label", expr("concat('kind ', int(label))"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> classifier().fit(texts)).getMessage();
    assertEquals(
        "column label: expected numbers, found string; number the classes by StringIndexer of org.apache.spark.ml.feature, before this estimator",
        message);
    assertThrows(
        IllegalArgumentException.class, () -> classifier().transformSchema(texts.schema()));
  }
}
