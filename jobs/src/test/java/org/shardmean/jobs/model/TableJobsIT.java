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
import java.util.Arrays;
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

  /** A command, {@code @} before the name of a file in the folder. */
  private static Ended run(String command) {
    List<String> arguments =
        Arrays.stream(command.split(" "))
            .map(word -> word.startsWith("@") ? path(word.substring(1)) : word)
            .toList();
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
              .run(arguments);
      return new Ended(code, out.toString(UTF_8), err.toString(UTF_8));
    } finally {
      System.setOut(before);
    }
  }

  private static String done(String command) {
    Ended ended = run(command);
    assertEquals(ExitCode.DONE, ended.code(), ended.err());
    return ended.out();
  }

  @Test
  void textLabelsAreTrainedEvaluatedAndPredictedByName() throws IOException {
    String said =
        done(
            "train --data @people.csv --features length,width --label kind --epochs 12 --out @kinds");
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
    done("report @kinds --out @again --lang de");
    String again = Files.readString(folder.resolve("again/report.html"));
    assertTrue(again.contains("wide, =1") && again.contains("Trainingszeilen"));

    JsonNode result = json("kinds/result.json");
    String data = result.at("/config/data").textValue();
    assertEquals(path("people.csv") + "#features=length,width&label=kind", data);
    assertTrue(done("verify --model @kinds/model.zip").contains("Verified"));

    String scored = done("evaluate --model @kinds/model.zip --data @others.csv --out @scored");
    assertTrue(scored.contains("others.csv, 60 rows of 2 features"), scored);
    assertTrue(scored.contains("wide, =1"), scored);
    JsonNode evaluation = json("scored/evaluation.json");
    assertTrue(evaluation.at("/accuracy").doubleValue() > 0.9, evaluation.toString());

    done("predict --model @kinds/model.zip --input @others.csv --out @answered.csv");
    List<String> answered = Files.readAllLines(folder.resolve("answered.csv"));
    assertEquals(
        "who,length,width,kind,price,prediction,probability_large,probability_small,\"probability_wide, =1\"",
        answered.get(0));
    assertEquals(61, answered.size());
    assertTrue(answered.get(1).startsWith("\"'=who0\","), answered.get(1));
    done("predict --model @kinds/model.zip --input @others.csv --format parquet --out @answered");
    assertSameAnswers(answered);
    assertTrue(done("inspect --model @kinds/model.zip").contains("length, width"));
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
            "train --data @people.csv --features length,width --label price --epochs 20 --workers 2 --out @prices");
    assertTrue(said.contains("Task: regression, because price"), said);
    assertTrue(said.matches("(?s).*price: R2 (0\\.9\\d+|1\\.0+), .*"), said);
    assertFalse(Files.exists(folder.resolve("prices/confusion.csv")));
    assertTrue(Files.readString(folder.resolve("prices/report.html")).contains("id=\"residuals\""));

    JsonNode residuals = json("prices/result.json").at("/residuals/0");
    assertEquals("price", residuals.at("/target").textValue());
    assertEquals(120, residuals.at("/rows").intValue());
    assertTrue(residuals.at("/r2").doubleValue() > 0.9, residuals.toString());
    assertTrue(residuals.at("/mae").doubleValue() <= residuals.at("/rmse").doubleValue());

    String scored =
        done("evaluate --model @prices/model.zip --data @others.csv --out @scored-prices");
    JsonNode ofOthers = json("scored-prices/evaluation.json").at("/residuals/0");
    assertEquals(60, ofOthers.at("/rows").intValue());
    assertTrue(ofOthers.at("/r2").doubleValue() > 0.9, ofOthers.toString());
    assertTrue(scored.matches("(?s).*price: R2 (0\\.9\\d+|1\\.0+), .*"), scored);
    String predicted =
        done("predict --model @prices/model.zip --input @others.csv --out @priced.csv");
    for (String line : Files.readAllLines(folder.resolve("priced.csv")).subList(1, 61)) {
      String[] fields = line.split(",", -1);
      double price = Double.parseDouble(fields[fields.length - 2]);
      assertEquals(price, Double.parseDouble(fields[fields.length - 1]), 60, line);
    }
    List<String> lines = said(predicted);
    assertEquals("Predicted Rows Mean Smallest Largest", lines.get(0));
    assertTrue(
        lines.get(1).matches("price 60 1[34]\\d\\d\\.\\d+ 1\\d+\\.\\d+ 1\\d+\\.\\d+"), predicted);
    assertEquals(
        scored.lines().filter(line -> line.startsWith("price: R2")).toList(),
        List.of(lines.get(2)));

    Files.write(folder.resolve("unpriced.csv"), List.of("width,length", "0.5,110"));
    String unpriced = done("predict --model @prices/model.zip --input @unpriced.csv");
    assertTrue(said(unpriced).get(1).startsWith("price 1 1"), unpriced);
    assertFalse(unpriced.contains("R2"), unpriced);
  }

  private static List<String> said(String text) {
    return text.lines().map(line -> line.replaceAll(" +", " ")).toList();
  }

  @Test
  void anAutoencoderShowsTheRowsThatItGivesBackWorst() throws IOException {
    done(
        "train --data @people.csv --features length,width,price --task autoencoder --layers 3-2-3 --epochs 3 --out @back");
    String report = Files.readString(folder.resolve("back/report.html"));
    assertTrue(report.contains("these 120 validation rows"));
    assertTrue(report.contains("id=\"unusual-rows\"") && report.contains("<circle"));
    done("report @back --out @back-again --lang de");
    String again = Files.readString(folder.resolve("back-again/report.html"));
    assertTrue(again.contains("Ungewöhnliche Zeilen"));
    String predicted = done("predict --model @back/model.zip --input @others.csv");
    assertTrue(said(predicted).get(1).startsWith("reconstruction_error 60 0.0"), predicted);
  }

  @Test
  void inspectShowsEachColumn() {
    String shown = done("inspect --data @people.csv");
    assertTrue(shown.startsWith("people.csv"), shown);
    assertTrue(shown.contains("length int") && shown.contains("kind string"), shown);
    assertTrue(shown.lines().filter(line -> line.contains("  600  ")).count() == 5, shown);
  }

  @Test
  void inspectNeverCutsANumber() throws IOException {
    Files.write(
        folder.resolve("sizes.csv"),
        List.of(
            "large,small,whole,text",
            "1.1e10,1.25e-7,9007199254740993,a",
            "1.3691357802460e10,1.25e-7,-9007199254740993," + "long".repeat(9)));
    String shown = done("inspect --data @sizes.csv");
    List<String> cells = said(shown);
    assertEquals(
        "large double 2 1.23457e+10 1.90308e+09 1.10000e+10 1.36914e+10", cells.get(3), shown);
    assertEquals("small double 2 1.25000e-07 0.00000 1.25000e-07 1.25000e-07", cells.get(4), shown);
    assertTrue(cells.get(5).endsWith(" -9,007,199,254,740,993 9,007,199,254,740,993"), shown);
    assertEquals("text string 2 a longlonglongl...", cells.get(6), shown);
    assertEquals(1, shown.lines().skip(3).map(String::length).distinct().count(), shown);
  }

  /** In each pair of equal rows one tells the truth: a weight says which of them counts. */
  @Test
  void aRowOfWeightZeroTeachesNothing() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    List<String> pairs = new ArrayList<>(List.of("x,y,kind,truth,lie"));
    List<String> truths = new ArrayList<>(List.of("x,y,kind"));
    for (int i = 0; i < 400; i++) {
      double x = random.nextDouble(-1, 1);
      double y = random.nextDouble(-1, 1);
      String kind = x + y > 0 ? "over" : "under";
      pairs.add("%s,%s,%s,1,0".formatted(x, y, kind));
      pairs.add("%s,%s,%s,0,1".formatted(x, y, kind.equals("over") ? "under" : "over"));
      truths.add("%s,%s,%s".formatted(x, y, kind));
    }
    Files.write(folder.resolve("pairs.csv"), pairs);
    Files.write(folder.resolve("true.csv"), truths);

    assertTrue(accuracy("truth") > 0.95, "the truth is learned");
    assertTrue(accuracy("lie") < 0.05, "the lie is learned");
  }

  /** On the true rows, of a network for which the rows count by a column. */
  private static double accuracy(String weight) throws IOException {
    done(
        "train --data @pairs.csv --features x,y --label kind --epochs 20 --workers 2 --weight %s --out @by-%s"
            .formatted(weight, weight));
    JsonNode result = json("by-" + weight + "/result.json");
    assertEquals(
        path("pairs.csv") + "#features=x,y&label=kind&weight=" + weight,
        result.at("/config/data").textValue());
    done(
        "evaluate --model @by-%s/model.zip --data @true.csv --out @scored-%s"
            .formatted(weight, weight));
    return json("scored-" + weight + "/evaluation.json").at("/accuracy").doubleValue();
  }

  private static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).toFile());
  }

  @Test
  void rowsWithHolesAreLeftOutAndCounted() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve("people.csv")));
    lines.addAll(List.of("a,,0.5,large,1000", "b,120,NaN,small,1000", "c,130,0.2,,1000"));
    Files.write(folder.resolve("holes.csv"), lines);
    String columns = " --data @holes.csv --features length,width --label kind";
    Ended refused = run("train" + columns + " --out @refused");
    assertEquals(ExitCode.DATA, refused.code());
    assertTrue(refused.err().startsWith("error: column length: expected finite"), refused.err());

    String trained = done("train" + columns + " --epochs 2 --handle-invalid skip --out @skipped");
    String leftOut = "3 rows with missing or invalid values were left out";
    assertTrue(trained.contains(leftOut), trained);
    assertTrue(trained.contains("480 training and 120 validation rows"), trained);
    assertEquals(
        path("holes.csv") + "#features=length,width&label=kind&handle-invalid=skip",
        json("skipped/result.json").at("/config/data").textValue());
    assertTrue(done("verify --model @skipped/model.zip").contains("Verified"));
    assertTrue(Files.readString(folder.resolve("skipped/report.html")).contains(leftOut));

    String evaluate = "evaluate --model @skipped/model.zip --data @holes.csv";
    assertEquals(ExitCode.DATA, run(evaluate).code());
    String scored = done(evaluate + " --handle-invalid skip --out @scored-holes");
    assertTrue(scored.contains(leftOut) && scored.contains("600 rows"), scored);
    assertEquals(leftOut, json("scored-holes/evaluation.json").at("/notices/0").textValue());

    String predict = "predict --model @skipped/model.zip --input @holes.csv";
    String kept = done(predict + " --out @kept.csv");
    assertTrue(kept.contains("2 rows have no answer"), kept);
    assertEquals(604, Files.readAllLines(folder.resolve("kept.csv")).size());
    String skipped = done(predict + " --handle-invalid skip --out @left.csv");
    assertTrue(skipped.contains("2 rows with missing or invalid values were left out"), skipped);
    assertEquals(602, Files.readAllLines(folder.resolve("left.csv")).size());
    Ended unanswered = run(predict + " --handle-invalid error --out @none.csv");
    assertEquals(ExitCode.DATA, unanswered.code());
    assertTrue(
        unanswered.err().contains("found 2 rows with something else, such as {\"length\":"),
        unanswered.err());
    assertFalse(Files.exists(folder.resolve("none.csv")));
  }

  @Test
  void whatDoesNotFitIsOneLine() {
    Ended text = run("train --data @people.csv --label kind --out @x");
    assertEquals(ExitCode.DATA, text.code());
    assertTrue(text.err().contains("column who: expected numbers"), text.err());
    Ended images = run("evaluate --model @none.zip --data @people.csv");
    assertEquals(ExitCode.DATA, images.code());
    Ended address = run("train --data @people.csv#colour=red");
    assertEquals(ExitCode.CONFIGURATION, address.code());
    assertTrue(address.err().startsWith("error: --data: expected PATH#features"), address.err());
  }
}
