package org.shardmean.jobs.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.data.ImageSet;
import org.shardmean.jobs.Main;
import org.shardmean.jobs.command.CommandLineJobs;
import org.shardmean.jobs.command.ExitCode;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.metrics.Score;
import org.shardmean.model.Activation;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.Output;
import org.shardmean.model.SavedModel;
import org.shardmean.report.GreyPng;
import org.shardmean.train.EngineKind;
import org.shardmean.train.LearningRate;
import org.shardmean.train.LocalScorer;
import org.shardmean.train.LocalSettings;
import org.shardmean.train.Optimizer;

/** The jobs that use a saved model, against the same network asked without Spark. */
class SavedModelJobsIT {
  private static final int IMAGES = 30;
  private static final Map<String, String> SPARK =
      Map.of("spark.master", "local[2]", "spark.ui.enabled", "false");

  private static final ModelSpec SPEC = ModelSpec.parse("784-8-10", Activation.TANH);
  private static final SavedModel MODEL = new SavedModel(SPEC, InitialParameters.draw(SPEC, 5));

  @TempDir static Path shared;
  private static ImageSet digits;
  private static String model;
  private static String idx;

  @TempDir Path folder;

  /** How a command line ended. */
  private record Ended(ExitCode code, String out, List<String> errors) {}

  @BeforeAll
  static void write() throws IOException {
    SPARK.forEach(System::setProperty);
    digits = new GeneratedExamples(IMAGES, 3, true).select(IntStream.range(0, IMAGES).toArray());
    Path saved = shared.resolve("model.zip");
    try (OutputStream out = Files.newOutputStream(saved)) {
      MODEL.write(out);
    }
    model = saved.toString();
    idx = Files.write(shared.resolve("t10k-images-idx3-ubyte"), images()).toString();
    Files.write(shared.resolve("train-images-idx3-ubyte"), images());
    Files.write(shared.resolve("t10k-labels-idx1-ubyte"), labels());
    Files.write(shared.resolve("train-labels-idx1-ubyte"), labels());
  }

  @AfterAll
  static void tidy() {
    SPARK.keySet().forEach(System::clearProperty);
  }

  @Test
  void anIdxFileIsClassifiedAsWithoutSparkPlainAndGzip() throws IOException {
    Path gzip = shared.resolve("images.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write(images());
    }
    Path plainCsv = folder.resolve("plain.csv");
    Path gzipCsv = folder.resolve("gzip.csv");

    Ended ended = done("predict", "--model", model, "--input", idx, "--out", plainCsv.toString());
    done("predict", "--model", model, "--input", gzip.toString(), "--out", gzipCsv.toString());

    assertEquals(expectedCsv(i -> String.valueOf(i)), Files.readAllLines(plainCsv));
    assertEquals(Files.readAllLines(plainCsv), Files.readAllLines(gzipCsv));
    assertTrue(ended.out().contains("      all      30"), ended.out());
    assertEquals(List.of("gzip.csv", "plain.csv"), namesIn(folder));
  }

  @Test
  void pngImagesGiveWhatTheSameImagesInIdxGive() throws IOException {
    Path pngs = writePngs();
    Path csv = folder.resolve("pngs.csv");

    done("predict", "--model", model, "--input", pngs.toString(), "--out", csv.toString());

    assertEquals(expectedCsv(i -> "%02d.png".formatted(i)), Files.readAllLines(csv));
  }

  @Test
  void parquetHoldsWhatCsvHolds() throws IOException {
    Path parquet = folder.resolve("predictions");

    done(
        "predict",
        "--model",
        model,
        "--input",
        idx,
        "--format",
        "parquet",
        "--out",
        parquet.toString());

    List<ClassifiedExample> expected = expected();
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      List<Row> rows = spark.read().parquet(parquet.toString()).collectAsList();
      assertEquals(IMAGES, rows.size());
      for (Row row : rows) {
        ClassifiedExample digit = expected.get(Integer.parseInt(row.getString(0)));
        assertEquals(digit.image().predicted(), row.<Integer>getAs("predicted"));
        for (int c = 0; c < 10; c++) {
          assertEquals(digit.image().probabilities()[c], row.<Float>getAs("p" + c));
        }
      }
    }
  }

  @Test
  void aCorruptPngAmongManyIsNamedAndNothingIsWritten() throws IOException {
    Path pngs = writePngs();
    Path bad = pngs.resolve("07.png");
    byte[] whole = Files.readAllBytes(bad);
    Files.write(bad, java.util.Arrays.copyOf(whole, whole.length / 2));
    Files.write(pngs.resolve("21.png"), new byte[0]);

    for (String format : List.of("csv", "parquet")) {
      Ended ended =
          run(
              "predict",
              "--model",
              model,
              "--input",
              pngs.toString(),
              "--format",
              format,
              "--out",
              folder.resolve("out").toString());

      assertEquals(ExitCode.DATA, ended.code());
      assertEquals(1, ended.errors().size(), ended.errors().toString());
      assertTrue(ended.errors().get(0).contains("07.png: "), ended.errors().get(0));
      assertTrue(ended.errors().get(0).endsWith("(and 1 more such images)"), ended.errors().get(0));
      assertEquals(List.of("pngs"), namesIn(folder));
    }
  }

  @Test
  void whatIsThereAlreadyIsKeptUnlessTold() throws IOException {
    Path csv = Files.writeString(folder.resolve("mine.csv"), "mine");
    String[] command = {"predict", "--model", model, "--input", idx, "--out", csv.toString()};

    Ended refused = run(command);
    assertEquals(ExitCode.CONFIGURATION, refused.code());
    assertTrue(
        refused.errors().get(0).startsWith("error: --out: expected no mine.csv in "),
        refused.errors().toString());
    assertEquals("mine", Files.readString(csv));

    done(Stream.concat(Stream.of(command), Stream.of("--overwrite")).toArray(String[]::new));
    assertEquals(IMAGES + 1, Files.readAllLines(csv).size());
  }

  @Test
  void theScoreIsThatOfTheNetworkAskedWithoutSpark() throws IOException {
    Path out = folder.resolve("score");

    Ended ended =
        done("evaluate", "--model", model, "--data", shared.toString(), "--out", out.toString());

    Score expected;
    try (LocalScorer scorer = scorer()) {
      expected = scorer.score(digits);
    }
    JsonNode json = new ObjectMapper().readTree(out.resolve("evaluation.json").toFile());
    assertEquals(IMAGES, json.get("examples").asInt());
    assertEquals(expected.accuracy(), json.get("accuracy").asDouble());
    assertEquals(784 * 8 + 8 + 8 * 10 + 10, json.get("model").get("parameters").asInt());
    assertEquals(expected.loss(), json.get("loss").asDouble(), 1e-9);
    List<String> csv = Files.readAllLines(out.resolve("confusion.csv"));
    assertEquals("actual,predicted,count", csv.get(0));
    long images = 0;
    for (String line : csv.subList(1, csv.size())) {
      String[] cell = line.split(",", -1);
      long count = Long.parseLong(cell[2]);
      int actual = Integer.parseInt(cell[0]);
      assertEquals(expected.confusion().count(actual, Integer.parseInt(cell[1])), count);
      images += count;
    }
    assertEquals(IMAGES, images);
    assertTrue(
        ended.out().contains("Confusion matrix: rows are actual classes, columns predicted ones"),
        ended.out());
  }

  @Test
  void aModelThatDoesNotFitTheDataIsRefusedInOneLine() throws IOException {
    ModelSpec narrow = ModelSpec.parse("100-4-10", Activation.RELU);
    Path other = folder.resolve("other.zip");
    try (OutputStream out = Files.newOutputStream(other)) {
      new SavedModel(narrow, InitialParameters.draw(narrow, 1)).write(out);
    }

    Ended evaluated = run("evaluate", "--model", other.toString(), "--data", shared.toString());
    Ended predicted = run("predict", "--model", other.toString(), "--input", idx);

    for (Ended ended : List.of(evaluated, predicted)) {
      assertEquals(ExitCode.DATA, ended.code());
      assertEquals(1, ended.errors().size(), ended.errors().toString());
      assertTrue(
          ended.errors().get(0).contains(": expected images of 100 pixels"), ended.errors().get(0));
    }
  }

  @Test
  void inspectShowsDataAndModel() throws IOException {
    Path out = folder.resolve("seen");

    Ended ended =
        done("inspect", "--data", shared.toString(), "--model", model, "--out", out.toString());

    assertTrue(ended.out().contains("images of 28x28, 10 classes"), ended.out());
    assertTrue(ended.out().contains("hidden 1        784        8  tanh"), ended.out());
    assertEquals(List.of("inspect.html", "inspect.png", "weights.png"), namesIn(out));
    String page = Files.readString(out.resolve("inspect.html"));
    assertEquals(IMAGES + 8, page.split("<img ", -1).length - 1);
    assertTrue(page.contains("Content-Security-Policy"));
  }

  @Test
  void whatIsMissingIsSaidAllAtOnceBeforeSparkStarts() {
    Ended ended = run("predict");

    assertEquals(ExitCode.CONFIGURATION, ended.code());
    assertEquals(
        List.of(
            "error: --model: expected a value, found nothing; give --model FILE",
            "error: --input: expected a value, found nothing; give --input PATH"),
        ended.errors());
  }

  @Test
  void anAutoencoderIsEvaluatedByItsErrorAndPredictsNoClass() throws IOException {
    ModelSpec autoencoder = SPEC.withLayers(List.of(784, 8, 784)).withOutput(Output.SIGMOID);
    Path saved = folder.resolve("autoencoder.zip");
    try (OutputStream out = Files.newOutputStream(saved)) {
      new SavedModel(autoencoder, InitialParameters.draw(autoencoder, 5)).write(out);
    }
    String refused =
        "error: %s: expected a classifier, a network that ends in a softmax, found one that ends in sigmoid"
            .formatted(saved);

    Ended predicted =
        run("predict", "--model", saved.toString(), "--input", idx, "--out", folder + "/p.csv");

    assertEquals(List.of(refused), predicted.errors());

    Path out = folder.resolve("evaluated");
    Ended evaluated =
        done(
            "evaluate",
            "--model",
            saved.toString(),
            "--data",
            shared.toString(),
            "--out",
            out.toString());
    JsonNode json = new ObjectMapper().readTree(out.resolve("evaluation.json").toFile());
    double error = json.get("loss").asDouble();
    assertTrue(error > 0 && error < 1, "of pixels from 0 to 1: " + error);
    assertTrue(json.get("accuracy").isNull());
    assertFalse(Files.exists(out.resolve("confusion.csv")), "there are no classes");
    assertTrue(
        evaluated
            .out()
            .contains(String.format(Locale.ROOT, "Mean squared error of a pixel: %.5f%n", error)),
        evaluated.out());
    assertFalse(evaluated.out().contains("NaN"), evaluated.out());
  }

  private static Ended done(String... arguments) {
    Ended ended = run(arguments);
    assertEquals(List.of(), ended.errors());
    assertEquals(ExitCode.DONE, ended.code());
    return ended;
  }

  /** In this process, whose standard output the jobs write to. */
  private static Ended run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, UTF_8));
    try {
      ExitCode code =
          new CommandLineJobs(Main.JOBS, Map.of(), System.out, new PrintStream(err, true, UTF_8))
              .run(List.of(arguments));
      return new Ended(code, out.toString(UTF_8), err.toString(UTF_8).lines().toList());
    } finally {
      System.setOut(before);
    }
  }

  private static LocalScorer scorer() {
    LocalScorer scorer =
        new LocalScorer(
            SPEC,
            LocalSettings.of(EngineKind.FUSED, Optimizer.SGD, LearningRate.constant(1), IMAGES));
    scorer.load(MODEL.parameters());
    return scorer;
  }

  private static List<ClassifiedExample> expected() {
    try (LocalScorer scorer = scorer()) {
      return scorer.classify(digits);
    }
  }

  private static List<String> expectedCsv(java.util.function.IntFunction<String> name) {
    Stream<String> header = Stream.of("image,predicted,p0,p1,p2,p3,p4,p5,p6,p7,p8,p9");
    Stream<String> lines =
        expected().stream()
            .map(
                digit -> {
                  StringBuilder line = new StringBuilder(name.apply(digit.example()));
                  line.append(',').append(digit.image().predicted());
                  for (float probability : digit.image().probabilities()) {
                    line.append(',').append(probability);
                  }
                  return line.toString();
                });
    return Stream.concat(header, lines).toList();
  }

  private Path writePngs() throws IOException {
    Path pngs = Files.createDirectories(folder.resolve("pngs"));
    for (int i = 0; i < IMAGES; i++) {
      Files.write(pngs.resolve("%02d.png".formatted(i)), GreyPng.of(digits, i).png());
    }
    return pngs;
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] images() {
    ByteBuffer file = ByteBuffer.allocate(16 + IMAGES * digits.pixels());
    file.putInt(0x00000803).putInt(IMAGES).putInt(28).putInt(28);
    for (int i = 0; i < IMAGES; i++) {
      file.put(digits.image(i));
    }
    return file.array();
  }

  private static byte[] labels() {
    ByteBuffer file = ByteBuffer.allocate(8 + IMAGES);
    file.putInt(0x00000801).putInt(IMAGES);
    for (int i = 0; i < IMAGES; i++) {
      file.put((byte) digits.label(i));
    }
    return file.array();
  }
}
