package org.shardmean.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shardmean.jobs.command.SparkJob;
import org.shardmean.jobs.model.EvaluateJob;
import org.shardmean.jobs.model.InspectJob;
import org.shardmean.jobs.model.PredictJob;
import org.shardmean.jobs.train.TrainJob;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.Written;

/** Any shape of images and any number of classes passes through every job that uses them. */
class ShapesIT {
  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("shapes")
                .set("spark.ui.enabled", "false"));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @ParameterizedTest
  @CsvSource({"20, 12, 6", "1, 1, 10", "200, 200, 10", "28, 28, 2", "28, 28, 256"})
  void passesThroughTrainEvaluatePredictAndInspect(int height, int width, int classes)
      throws Exception {
    String data = IdxFolders.write(folder.resolve("data"), height, width, classes, 600).toString();
    String run = folder.resolve("run").toString();
    String model = run + "/model.zip";
    String size = height + "x" + width;

    run(new TrainJob(), "--data", data, "--epochs", "2", "--validation", "0.1", "--out", run);
    run(new EvaluateJob(), "--model", model, "--data", data, "--out", run + "/evaluated");
    run(
        new PredictJob(),
        "--model",
        model,
        "--input",
        data + "/t10k-images-idx3-ubyte",
        "--out",
        run + "/predictions.csv");
    run(
        new InspectJob(),
        "--model",
        model,
        "--data",
        data,
        "--image-size",
        size,
        "--out",
        run + "/inspected");

    JsonNode result = json(run + "/result.json");
    assertEquals(classes, result.at("/data/classes").asInt());
    assertEquals(height, result.at("/data/height").asInt());
    assertEquals(width, result.at("/data/width").asInt());
    int tests = result.at("/data/testExamples").asInt();
    assertEquals(tests, json(run + "/evaluated/evaluation.json").at("/examples").asInt());
    List<String> predictions = Files.readAllLines(Path.of(run, "predictions.csv"));
    assertEquals(1 + tests, predictions.size());
    assertEquals(2 + classes, predictions.get(0).split(",", -1).length);
    assertTrue(Files.size(Path.of(run, "inspected", "inspect.html")) > 1000);
    assertTrue(Files.readString(Path.of(run, "report.html")).contains("</html>"));
  }

  private static void run(SparkJob job, String... options) throws Exception {
    Map<String, Written> given = new HashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      given.put(options[i].substring(2), new Written(options[i + 1], options[i]));
    }
    job.run(spark, GivenSettings.NONE.under(given));
  }

  private static JsonNode json(String file) throws Exception {
    return new ObjectMapper().readTree(Path.of(file).toFile());
  }
}
