package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.ml.ShardmeanClassificationModel;
import org.shardmean.ml.ShardmeanClassifier;
import org.shardmean.report.SavedResult;

/**
 * Tables on a standalone cluster of processes, whose executors have Spark and the small jar: the
 * bits and the answers are those of one process.
 */
class TableClusterIT {
  private static final int ROWS = 900;
  private static final int WORDS = 120;
  private static final List<Integer> EXECUTORS = List.of(1, 2);

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = StandaloneCluster.start(EXECUTORS.size(), folder);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aTableByTheCommandLineIsTrainedAndAnsweredAlike() throws Exception {
    try (Session here = new Session(new SparkConf().setMaster("local[2]"))) {
      texts(here.spark).write().parquet(folder.resolve("texts.parquet").toString());
    }

    SavedResult expected = train("here", List.of("--master", "local[1]"));
    assertEquals(0, expected.environment().executors());
    assertTrue(
        expected.epochs().get(3).validationAccuracy() > 0.8, expected.epochs().get(3).toString());
    List<String> answers = answers("here", List.of("--master", "local[1]"));
    assertEquals(ROWS + 1, answers.size());
    for (int executors : EXECUTORS) {
      List<String> where = new ArrayList<>(cluster.driverOptions());
      where.addAll(List.of("--conf", "spark.cores.max=" + executors));
      SavedResult found = train("cluster" + executors, where);
      assertEquals(executors, found.environment().executors());
      assertEquals(expected.parametersSha256(), found.parametersSha256());
      assertEquals(
          expected.epochs().get(3).validationLoss(), found.epochs().get(3).validationLoss());
      assertEquals(answers, answers("cluster" + executors, where));
    }
  }

  /** A number, and which of many words are there. */
  private static Dataset<Row> texts(SparkSession spark) {
    SplittableRandom random = new SplittableRandom(5);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Double[] words = new Double[WORDS];
      Arrays.fill(words, 0.0);
      for (int word = 0; word < 6; word++) {
        words[random.nextInt(WORDS)] = 1.0;
      }
      int kind = i % 2;
      words[kind] = 1.0;
      words[1 - kind] = 0.0;
      rows.add(RowFactory.create(i, 1900.0 + i % 130, words, kind == 0 ? "prose" : "verse"));
    }
    return spark.createDataFrame(
        rows, StructType.fromDDL("id int, year double, words array<double>, kind string"));
  }

  private static SavedResult train(String name, List<String> where) throws Exception {
    submit(
        "train",
        where,
        "--data=texts.parquet",
        "--features=year,words",
        "--label=kind",
        "--layers=121-8-2",
        "--workers=3",
        "--batch-size=20",
        "--epochs=4",
        "--out=" + name);
    return TrainedRun.result(folder.resolve(name));
  }

  /** Sorted, because Spark reads files in an order that follows from the cluster's cores. */
  private static List<String> answers(String name, List<String> where) throws Exception {
    submit(
        "predict",
        where,
        "--model=" + name + "/model.zip",
        "--input=texts.parquet",
        "--out=" + name + ".csv");
    return Files.readAllLines(folder.resolve(name + ".csv")).stream().sorted().toList();
  }

  private static void submit(String job, List<String> where, String... options)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(job));
    arguments.addAll(where);
    arguments.addAll(List.of(options));
    Finished finished = new Launcher(folder).run(arguments.toArray(String[]::new));
    assertEquals(0, finished.exitCode(), finished.out() + finished.err());
  }

  /** The Spark home that Maven makes has no MLlib. */
  @Test
  void aFormatThatNeedsMllibIsRefusedInOneLineWithoutIt() throws Exception {
    Files.writeString(folder.resolve("some.libsvm"), "0 1:2 3:1\n1 2:1\n".repeat(20));

    Finished finished =
        new Launcher(folder).run("train", "--master=local[1]", "--data=some.libsvm", "--out=none");

    assertEquals(3, finished.exitCode(), finished.err());
    assertEquals(1, finished.errors().size(), finished.err());
    assertTrue(
        finished.err().contains("some.libsvm: expected a Spark with MLlib, which reads *.libsvm"),
        finished.err());
  }

  @Test
  void anEstimatorTrainsAndItsSavedModelAnswersAlike() throws Exception {
    Path saved = folder.resolve("model");
    String parameters;
    List<Row> answers;
    try (Session here = new Session(new SparkConf().setMaster("local[2]"))) {
      ShardmeanClassificationModel model = classifier().fit(vectors(here.spark));
      parameters = model.summary().result().record().parametersSha256();
      answers = answers(model, here.spark);
      model.write().save(saved.toString());
      long right = answers.stream().filter(row -> row.getDouble(1) == row.getInt(0) % 3).count();
      assertTrue(right > 0.8 * ROWS, right + " are right");
    }
    for (int executors : EXECUTORS) {
      try (Session there = new Session(onCluster(executors))) {
        ShardmeanClassificationModel model = classifier().fit(vectors(there.spark).repartition(5));
        assertEquals(executors, model.summary().result().record().environment().executors());
        assertEquals(parameters, model.summary().result().record().parametersSha256());
        assertEquals(answers, answers(model, there.spark));
        assertEquals(
            answers, answers(ShardmeanClassificationModel.load(saved.toString()), there.spark));
      }
    }
  }

  private static ShardmeanClassifier classifier() {
    return new ShardmeanClassifier()
        .setLayers(new int[] {WORDS, 8, 3})
        .setNumWorkers(3)
        .setBlockSize(20)
        .setMaxIter(4);
  }

  private static List<Row> answers(ShardmeanClassificationModel model, SparkSession spark) {
    return model
        .transform(vectors(spark))
        .select("id", "prediction", "probability")
        .orderBy("id")
        .collectAsList();
  }

  /** Sparse vectors and dense ones. */
  private static Dataset<Row> vectors(SparkSession spark) {
    SplittableRandom random = new SplittableRandom(6);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      double[] words = new double[WORDS];
      for (int word = 0; word < 6; word++) {
        words[3 + random.nextInt(WORDS - 3)] = 1 + random.nextInt(3);
      }
      words[i % 3] = 1;
      Vector dense = Vectors.dense(words);
      rows.add(RowFactory.create(i, i % 2 == 0 ? dense : dense.toSparse(), (double) (i % 3)));
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("features", SQLDataTypes.VectorType())
            .add("label", DataTypes.DoubleType));
  }

  /** Executors with the small jar, and with MLlib, which every Spark distribution has. */
  private static SparkConf onCluster(int executors) throws IOException {
    String mllib =
        Stream.of(System.getProperty("java.class.path").split(":"))
            .filter(jar -> jar.matches(".*/(spark-mllib|breeze|spire|cats-kernel|algebra).*\\.jar"))
            .collect(Collectors.joining(","));
    return new SparkConf()
        .setMaster(cluster.master())
        .set("spark.cores.max", String.valueOf(executors))
        .set("spark.executor.cores", "1")
        .set("spark.executor.memory", "1g")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1")
        .set("spark.jars", Project.EXECUTOR_JAR + "," + mllib);
  }

  /** One of Spark's sessions at a time in this JVM. */
  private static final class Session implements AutoCloseable {
    final SparkSession spark;

    Session(SparkConf conf) {
      JavaSparkContext context =
          new JavaSparkContext(
              conf.setAppName("tables")
                  .set("spark.ui.enabled", "false")
                  .set("spark.sql.shuffle.partitions", "3"));
      spark = SparkSession.builder().sparkContext(context.sc()).getOrCreate();
    }

    @Override
    public void close() {
      spark.stop();
      SparkSession.clearDefaultSession();
      SparkSession.clearActiveSession();
    }
  }
}
