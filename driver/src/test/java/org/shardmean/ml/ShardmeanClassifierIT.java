package org.shardmean.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rand;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.shardmean.run.ConfigurationException;

/**
 * How a classifier trains. Begins with what Spark's own tests ask of
 * MultilayerPerceptronClassifier, written anew.
 */
class ShardmeanClassifierIT extends OnClouds {
  @Test
  void exclusiveOrIsLearned() {
    Dataset<Row> table = Tables.exclusiveOr(spark);
    ShardmeanClassificationModel model =
        new ShardmeanClassifier()
            .setLayers(new int[] {2, 5, 2})
            .setBlockSize(1)
            .setNumWorkers(1)
            .setSeed(123L)
            .setStepSize(0.05)
            .setMaxIter(100)
            .fit(table);
    for (Row row : model.transform(table).select("prediction", "label").collectAsList()) {
      assertEquals(row.getDouble(1), row.getDouble(0));
    }
    assertEquals(2, model.numFeatures());
    assertEquals(2, model.numClasses());
    assertArrayEquals(new int[] {2, 5, 2}, model.layers());
  }

  /** Labels drawn by a known softmax over four features, as in Spark's test. */
  @Test
  void itComesAsFarAsLogisticRegressionWhereThatIsTheTruth() {
    double[][] weights = {{-0.6, 0.2, -0.3, 0.8}, {0.5, 0.5, -0.7, -0.2}, {0, 0, 0, 0}};
    double[] means = {5.843, 3.057, 3.758, 1.199};
    SplittableRandom random = new SplittableRandom(42);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      double[] features = new double[4];
      double[] chances = new double[3];
      for (int f = 0; f < 4; f++) {
        features[f] = means[f] + 3 * (random.nextDouble() + random.nextDouble() - 1);
      }
      double sum = 0;
      for (int c = 0; c < 3; c++) {
        double margin = 0;
        for (int f = 0; f < 4; f++) {
          margin += 3 * weights[c][f] * (features[f] - means[f]);
        }
        chances[c] = Math.exp(margin);
        sum += chances[c];
      }
      double drawn = random.nextDouble() * sum;
      double label = drawn < chances[0] ? 0 : drawn < chances[0] + chances[1] ? 1 : 2;
      rows.add(RowFactory.create(i, Vectors.dense(features), label, 0.0, false));
    }
    Dataset<Row> table = spark.createDataFrame(rows, Tables.SCHEMA).cache();
    double ours =
        accuracy(
            new ShardmeanClassifier()
                .setLayers(new int[] {4, 5, 4, 3})
                .setNumWorkers(2)
                .setSeed(11L)
                .setMaxIter(20)
                .fit(table)
                .transform(table));
    double logistic = accuracy(new LogisticRegression().fit(table).transform(table));
    assertTrue(ours > logistic - 0.02, "ours " + ours + ", logistic regression " + logistic);
  }

  @Test
  void featuresOfNothingAndLabelsOfOneClassDoNoHarm() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(RowFactory.create(i, Vectors.sparse(3, new int[0], new double[0]), 1.0, 0.0, false));
    }
    Dataset<Row> table = spark.createDataFrame(rows, Tables.SCHEMA);
    ShardmeanClassificationModel model =
        new ShardmeanClassifier().setNumWorkers(1).setMaxIter(20).fit(table);
    assertEquals(2, model.numClasses());
    assertEquals(20, model.transform(table).filter("prediction = 1.0").count());
    ShardmeanClassificationModel zeros =
        new ShardmeanClassifier()
            .setNumWorkers(2)
            .setMaxIter(20)
            .fit(table.withColumn("label", lit(0.0)));
    assertEquals(20, zeros.transform(table).filter("prediction = 0.0").count());
  }

  @Test
  void theSameRowsGiveTheSameBitsInAnyOrderAndPartitioning() {
    for (Dataset<Row> other :
        List.of(
            clouds.repartition(7),
            clouds.coalesce(1),
            clouds.orderBy(rand(3)),
            clouds.repartition(5, col("y")))) {
      assertArrayEquals(bits(trained), bits(classifier().fit(other)));
    }
    assertEquals(trained.scaling(), classifier().fit(clouds.repartition(4)).scaling());
    assertNotEquals(
        Arrays.toString(bits(trained)),
        Arrays.toString(bits(classifier().setSeed(43).fit(clouds))));
  }

  @Test
  void withoutStandardizationTheNetworkTakesFeaturesAsTheyAre() {
    ShardmeanClassificationModel model =
        new ShardmeanClassifier()
            .setStandardization(false)
            .setNumWorkers(1)
            .setMaxIter(1)
            .fit(Tables.exclusiveOr(spark));
    assertArrayEquals(new double[2], model.scaling().shifts());
    assertArrayEquals(new double[] {1, 1}, model.scaling().scales());
  }

  @Test
  void weightsCount() {
    Dataset<Row> onlyOne = clouds.withColumn("w", expr("if(label = 1, 1.0, 0.0)"));
    ShardmeanClassificationModel model = classifier().setWeightCol("w").fit(onlyOne);
    assertTrue(
        model.transform(clouds).filter("prediction = 1.0").count() > 290,
        "rows of weight zero teach nothing");
  }

  @Test
  void rowsSetAsideAreScoredAndDoNotTrain() {
    ShardmeanClassificationModel model = classifier().setValidationIndicatorCol("held").fit(clouds);
    ShardmeanTrainingSummary summary = model.summary();
    assertTrue(summary.hasValidation());
    assertEquals(60, Arrays.stream(summary.confusionMatrix()).flatMapToLong(Arrays::stream).sum());
    assertEquals(240, summary.result().record().data().trainExamples());
    assertEquals(6, summary.validationLosses().length);
    assertEquals(6, summary.totalIterations());
    assertEquals(
        accuracy(model.transform(clouds.filter("held"))), summary.validationAccuracies()[5], 1e-9);
    assertArrayEquals(bits(classifier().fit(clouds.filter("not held"))), bits(model));
    double[] losses = summary.objectiveHistory();
    assertTrue(losses[5] < losses[0], Arrays.toString(losses));
    assertTrue(
        summary.reasons().stream().anyMatch(line -> line.startsWith("rounds-per-epoch = ")),
        summary.reasons().toString());
    assertEquals(6, summary.timeSplits().size());

    ShardmeanTrainingSummary without = trained.summary();
    assertFalse(without.hasValidation());
    assertTrue(
        without.notices().get(0).contains("300 of the training rows"),
        without.notices().toString());
    assertThrows(IllegalStateException.class, without::confusionMatrix);
    assertThrows(IllegalStateException.class, without::validationLosses);
  }

  @Test
  void patienceNeedsRowsSetAside() {
    String message =
        assertThrows(ConfigurationException.class, () -> classifier().setPatience(2).fit(clouds))
            .getMessage();
    assertTrue(message.contains("validationIndicatorCol"), message);
    ShardmeanClassificationModel model =
        classifier()
            .setPatience(1)
            .setMaxIter(60)
            .setSettings(new String[] {"validation=0.2"})
            .fit(clouds);
    assertTrue(model.summary().totalIterations() < 60);
    assertTrue(model.summary().hasValidation());
  }

  @Test
  void allSettingsOfATrainingCanBeSet() {
    ShardmeanClassificationModel model =
        classifier()
            .setSolver("sgd")
            .setSettings(new String[] {"rounds-per-epoch=3", "hidden-activation = tanh"})
            .fit(clouds);
    assertEquals(3, model.summary().result().record().config().averaging().roundsPerEpoch());
    assertEquals("TANH", model.network().spec().hidden().name());
    String unknown =
        assertThrows(
                ConfigurationException.class,
                () -> classifier().setSettings(new String[] {"layer=1"}).fit(clouds))
            .getMessage();
    assertTrue(unknown.contains("did you mean layers?"), unknown);
    String layers =
        assertThrows(
                ConfigurationException.class,
                () -> classifier().setLayers(new int[] {5, 8, 3}).fit(clouds))
            .getMessage();
    assertTrue(layers.startsWith("layers: expected 4"), layers);
  }

  @Test
  void tuningFindsTheBetterParams() {
    ShardmeanClassifier classifier = classifier().setMaxIter(3);
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(classifier.stepSize(), new double[] {1e-6, 0.02}).build();
    MulticlassClassificationEvaluator evaluator = new MulticlassClassificationEvaluator();
    CrossValidatorModel crossed =
        new CrossValidator()
            .setEstimator(classifier)
            .setEstimatorParamMaps(grid)
            .setEvaluator(evaluator)
            .setNumFolds(2)
            .fit(clouds);
    assertTrue(crossed.avgMetrics()[1] > crossed.avgMetrics()[0]);
    assertEquals(0.02, ((ShardmeanClassifier) crossed.bestModel().parent()).getStepSize());
    TrainValidationSplitModel split =
        new TrainValidationSplit()
            .setEstimator(classifier)
            .setEstimatorParamMaps(grid)
            .setEvaluator(evaluator)
            .setParallelism(2)
            .fit(clouds);
    assertTrue(split.validationMetrics()[1] > split.validationMetrics()[0]);
  }

  @Test
  void aFolderOfRunsHoldsReportsAndChangesNoBit() throws IOException {
    for (int time = 0; time < 2; time++) {
      ShardmeanClassificationModel model =
          classifier().setCheckpointDir(folder.resolve("runs").toString()).fit(clouds);
      assertArrayEquals(bits(trained), bits(model));
      assertEquals(6, model.summary().totalIterations());
    }
    classifier().setCheckpointDir(folder.resolve("runs").toString()).setSeed(5).fit(clouds);
    try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
      List<Path> found = runs.toList();
      assertEquals(2, found.size(), "one for each fit of other settings: " + found);
      for (Path run : found) {
        assertTrue(Files.size(run.resolve("report.html")) > 0);
        assertTrue(Files.exists(run.resolve("model.zip")));
      }
    }
  }
}
