package org.shardmean.jobs.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.jobs.Main;
import org.shardmean.jobs.command.CommandLineJobs;
import org.shardmean.jobs.command.ExitCode;

/** From a table on disk to answers beside its columns, by the command line alone. */
class TableJobsIT {
  private static final Map<String, String> SPARK =
      Map.of("spark.master", "local[2]", "spark.ui.enabled", "false");

  @TempDir static Path folder;

  private record Ended(ExitCode code, String out, String err) {}

  @BeforeAll
  static void write() throws IOException {
    SPARK.forEach(System::setProperty);
    writeTable("people.csv", 600, 1);
    writeTable("others.csv", 60, 2);
  }

  @AfterAll
  static void tidy() {
    SPARK.keySet().forEach(System::clearProperty);
  }

  private static void writeTable(String name, int rows, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> lines = new ArrayList<>(List.of("who,length,width,kind,price"));
    for (int i = 0; i < rows; i++) {
      int length = 100 + random.nextInt(1000) / 10;
      double width = random.nextInt(1000) / 1000.0;
      String kind = length > 150 ? "large" : width > 0.5 ? "\"wide, =1\"" : "small";
      lines.add(
          "=who%d,%d,%s,%s,%s".formatted(i, length, width, kind, 1000 + 3 * length - 100 * width));
    }
    Files.write(folder.resolve(name), lines);
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Ended run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, UTF_8));
    try {
      ExitCode code =
          new CommandLineJobs(
                  Main.JOBS,
                  Map.of("SHARDMEAN_HOME", folder.toString()),
                  System.out,
                  new PrintStream(err, true, UTF_8))
              .run(List.of(arguments));
      return new Ended(code, out.toString(UTF_8), err.toString(UTF_8));
    } finally {
      System.setOut(before);
    }
  }

  private static String done(String... arguments) {
    Ended ended = run(arguments);
    assertEquals(ExitCode.DONE, ended.code(), ended.err());
    return ended.out();
  }

  @Test
  void textLabelsAreTrainedEvaluatedAndPredictedByName() throws IOException {
    String said =
        done(
            "train",
            "--data",
            path("people.csv"),
            "--features",
            "length,width",
            "--label",
            "kind",
            "--epochs",
            "12",
            "--out",
            path("kinds"));
    assertTrue(said.contains("Task: classification, because kind holds texts"), said);
    assertTrue(
        said.contains("480 training and 120 validation rows of 2 features, 3 classes"), said);
    assertFalse(said.contains("image") || said.contains("pixel"), said);

    List<String> confusion = Files.readAllLines(folder.resolve("kinds/confusion.csv"));
    assertTrue(confusion.stream().anyMatch(line -> line.contains(",large,large,")));
    assertTrue(confusion.stream().anyMatch(line -> line.contains("\"wide, =1\",\"wide, =1\",")));
    String report = Files.readString(folder.resolve("kinds/report.html"));
    assertTrue(report.contains("wide, =1"));
    assertFalse(report.contains("id=\"draw\""));
    done("report", path("kinds"), "--out", path("again"), "--lang", "de");
    String again = Files.readString(folder.resolve("again/report.html"));
    assertTrue(again.contains("wide, =1") && again.contains("Trainingszeilen"));

    JsonNode result = new ObjectMapper().readTree(folder.resolve("kinds/result.json").toFile());
    String data = result.at("/config/data").textValue();
    assertEquals(path("people.csv") + "#features=length,width&label=kind", data);
    assertTrue(done("verify", "--model", path("kinds/model.zip")).contains("Verified"));

    String scored =
        done(
            "evaluate",
            "--model",
            path("kinds/model.zip"),
            "--data",
            path("others.csv"),
            "--out",
            path("scored"));
    assertTrue(scored.contains("others.csv, 60 rows of 2 features"), scored);
    assertTrue(scored.contains("wide, =1"), scored);
    JsonNode evaluation =
        new ObjectMapper().readTree(folder.resolve("scored/evaluation.json").toFile());
    assertTrue(evaluation.at("/accuracy").doubleValue() > 0.9, evaluation.toString());

    done(
        "predict",
        "--model",
        path("kinds/model.zip"),
        "--input",
        path("others.csv"),
        "--out",
        path("answered.csv"));
    List<String> answered = Files.readAllLines(folder.resolve("answered.csv"));
    assertEquals(
        "who,length,width,kind,price,prediction,probability_large,probability_small,\"probability_wide, =1\"",
        answered.get(0));
    assertEquals(61, answered.size());
    assertTrue(answered.get(1).startsWith("\"'=who0\","), answered.get(1));
    done(
        "predict",
        "--model",
        path("kinds/model.zip"),
        "--input",
        path("others.csv"),
        "--format",
        "parquet",
        "--out",
        path("answered"));
    assertSameAnswers(answered);
    assertTrue(done("inspect", "--model", path("kinds/model.zip")).contains("length, width"));
  }

  private static void assertSameAnswers(List<String> csv) {
    try (SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate()) {
      List<Row> rows = spark.read().parquet(path("answered")).orderBy("who").collectAsList();
      assertEquals(60, rows.size());
      Row first = rows.stream().filter(row -> row.getString(0).equals("=who0")).findFirst().get();
      assertTrue(csv.get(1).contains(String.valueOf(first.<Double>getAs("probability_large"))));
    }
  }

  @Test
  void numbersAreTrainedEvaluatedAndPredictedInTheirOwnSize() throws IOException {
    String said =
        done(
            "train",
            "--data",
            path("people.csv"),
            "--features",
            "length,width",
            "--label",
            "price",
            "--epochs",
            "20",
            "--workers",
            "2",
            "--out",
            path("prices"));
    assertTrue(said.contains("Task: regression, because price"), said);
    assertTrue(said.matches("(?s).*price: R2 (0\\.9\\d+|1\\.0+), .*"), said);
    assertFalse(Files.exists(folder.resolve("prices/confusion.csv")));
    assertTrue(Files.readString(folder.resolve("prices/report.html")).contains("id=\"residuals\""));

    String scored =
        done("evaluate", "--model", path("prices/model.zip"), "--data", path("others.csv"));
    assertTrue(scored.matches("(?s).*price: R2 (0\\.9\\d+|1\\.0+), .*"), scored);
    done(
        "predict",
        "--model",
        path("prices/model.zip"),
        "--input",
        path("others.csv"),
        "--out",
        path("priced.csv"));
    for (String line : Files.readAllLines(folder.resolve("priced.csv")).subList(1, 61)) {
      String[] fields = line.split(",", -1);
      double price = Double.parseDouble(fields[fields.length - 2]);
      assertEquals(price, Double.parseDouble(fields[fields.length - 1]), 60, line);
    }
  }

  @Test
  void inspectShowsEachColumn() {
    String shown = done("inspect", "--data", path("people.csv"));
    assertTrue(shown.startsWith("people.csv"), shown);
    assertTrue(shown.contains("length int") && shown.contains("kind string"), shown);
    assertTrue(shown.lines().filter(line -> line.contains("  600  ")).count() == 5, shown);
  }

  @Test
  void whatDoesNotFitIsOneLine() {
    Ended text = run("train", "--data", path("people.csv"), "--label", "kind", "--out", path("x"));
    assertEquals(ExitCode.DATA, text.code());
    assertTrue(text.err().contains("column who: expected numbers"), text.err());
    Ended images = run("evaluate", "--model", path("none.zip"), "--data", path("people.csv"));
    assertEquals(ExitCode.DATA, images.code());
    Ended address = run("train", "--data", path("people.csv") + "#colour=red");
    assertEquals(ExitCode.CONFIGURATION, address.code());
    assertTrue(address.err().startsWith("error: --data: expected PATH#features"), address.err());
  }
}
