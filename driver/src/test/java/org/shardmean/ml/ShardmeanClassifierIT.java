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
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.data.DataException;
import org.shardmean.run.ConfigurationException;
import org.shardmean.spark.LocalSpark;

/** Begins with what Spark's own tests ask of MultilayerPerceptronClassifier, written anew. */
class ShardmeanClassifierIT {
  private static JavaSparkContext context;
  private static SparkSession spark;
  private static Dataset<Row> clouds;

  /** Trained once, asked in many tests. */
  private static ShardmeanClassificationModel trained;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    context = LocalSpark.withCores(2);
    spark = SparkSession.builder().sparkContext(context.sc()).getOrCreate();
    spark.conf().set("spark.sql.shuffle.partitions", "3");
    clouds = Tables.clouds(spark, 300, 1);
    trained = classifier().fit(clouds);
  }

  @AfterAll
  static void stop() {
    context.close();
    SparkSession.clearDefaultSession();
    SparkSession.clearActiveSession();
  }

  private static ShardmeanClassifier classifier() {
    return new ShardmeanClassifier()
        .setLayers(new int[] {4, 8, 3})
        .setNumWorkers(2)
        .setBlockSize(10)
        .setStepSize(0.02)
        .setMaxIter(6);
  }

  private static double accuracy(Dataset<Row> answered) {
    return new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(answered);
  }

  private static float[] bits(ShardmeanClassificationModel model) {
    return model.network().parameters();
  }

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
    Dataset<Row> named =
        new IndexToString()
            .setInputCol("prediction")
            .setOutputCol("named")
            .setLabels(indexer.fit(table).labelsArray()[0])
            .transform(model.transform(table));
    long right = named.filter("named = name").count();
    assertTrue(right > 270, "named correctly: " + right);
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

  /** Every param's value, as it is saved. */
  private static List<String> values(Params part) {
    return Arrays.stream(part.params())
        .filter(part::isDefined)
        .map(param -> param.name() + "=" + json(part, param))
        .toList();
  }

  private static <T> String json(Params part, Param<T> param) {
    return param.jsonEncode(part.getOrDefault(param));
  }

  /** As Spark's ParamsSuite checks parts of pipelines. */
  static void checkParams(Params part) {
    Param<?>[] params = part.params();
    assertTrue(params.length >= 4);
    for (Param<?> param : params) {
      assertEquals(part.uid(), param.parent(), param.name());
      assertTrue(part.hasParam(param.name()));
      assertFalse(part.explainParam(param).isBlank());
    }
    assertEquals(params.length, Arrays.stream(params).map(Param::name).distinct().count());
    Params copy = part.copy(ParamMap.empty());
    assertEquals(part.uid(), copy.uid());
    assertEquals(part.getClass(), copy.getClass());
    assertEquals(values(part), values(copy));
  }

  @Test
  void estimatorAndModelAreAsSparkWantsThem() {
    checkParams(new ShardmeanClassifier());
    checkParams(new ShardmeanClassifier("mine"));
    checkParams(trained);
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
    assertEquals(values(estimator), values(read));

    ShardmeanClassificationModel model = trained.copy(ParamMap.empty());
    model.setThresholds(new double[] {1, 2, 3});
    model.write().save(folder.resolve("model").toString());
    assertThrows(IOException.class, () -> model.write().save(folder.resolve("model").toString()));
    model.write().overwrite().save(folder.resolve("model").toString());
    ShardmeanClassificationModel back =
        ShardmeanClassificationModel.load(folder.resolve("model").toString());
    assertEquals(values(model), values(back));
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
    assertArrayEquals(bits(trained), bits((ShardmeanClassificationModel) back.stages()[1]));
    assertEquals(
        model.transform(columns).orderBy("id").collectAsList(),
        back.transform(columns).orderBy("id").collectAsList());
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

  /** Whatever stands in the files of a model, it is read or refused in a line. */
  @Test
  void damagedModelsAreRefused() throws IOException {
    Path saved = folder.resolve("model");
    trained.write().save(saved.toString());
    Path scaling = saved.resolve("scaling.json");
    String sound = Files.readString(scaling);
    Map<String, String> damaged =
        Map.of(
            "empty", "",
            "no object", "[]",
            "cut", sound.substring(0, sound.length() / 2),
            "no scales", "{\"shifts\":[0,0,0,0]}",
            "of another network", "{\"shifts\":[0,0],\"scales\":[1,1]}",
            "no numbers", "{\"shifts\":[0,0,0,\"a\"],\"scales\":[1,1,1,1]}",
            "too large", "{\"shifts\":[0,0,0,1e999],\"scales\":[1,1,1,1]}",
            "negative", "{\"shifts\":[0,0,0,0],\"scales\":[1,1,1,-1]}",
            "too long", sound + " ".repeat(100_000));
    for (Map.Entry<String, String> fault : damaged.entrySet()) {
      Files.deleteIfExists(saved.resolve(".scaling.json.crc"));
      Files.writeString(scaling, fault.getValue());
      String message =
          assertThrows(
                  DataException.class,
                  () -> ShardmeanClassificationModel.load(saved.toString()),
                  fault.getKey())
              .getMessage();
      assertTrue(message.contains("scaling.json"), message);
      assertEquals(1, message.lines().count(), message);
    }
    Files.delete(scaling);
    assertThrows(DataException.class, () -> ShardmeanClassificationModel.load(saved.toString()));
  }
}
