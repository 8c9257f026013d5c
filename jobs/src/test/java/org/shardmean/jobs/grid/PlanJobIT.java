package org.shardmean.jobs.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans by a measurement here, and by the points of a grid that really ran. */
class PlanJobIT extends RunGrids {
  /** From the points of a real grid, whose images are not of MNIST's shape; nothing is measured. */
  @Test
  void aPlanTellsTimeAndAccuracyFromTheGridsPoints() throws IOException {
    String data = data("six", 20, 12, 6, 600);
    String settings = "epochs = 2\nrounds-per-epoch = 2\nbatch-size = 32\nseeds = 1, 2\n";
    assertEquals(0, grid("planned", "data = " + data + "\nworkers = 1, 2, 4\n" + settings).code());
    setTimesByHand("planned");
    Set<String> before = entries();

    Said plan = planned();

    assertEquals(0, plan.ended().code(), plan.ended().errors().toString());
    assertTrue(
        plan.text().contains("At most 4 workers were measured. 8 are 2.0 times as many"),
        plan.text());
    assertTrue(
        plan.text().contains("* as train would do it: 8 workers, 2 epochs of 2 rounds, batch 32"),
        plan.text());
    assertTrue(
        plan.text().lines().anyMatch(line -> line.matches("\\*\\s+8\\s+8\\s+2\\s+32 .*1\\.00x.*")),
        plan.text());
    assertTrue(
        plan.text()
            .lines()
            .anyMatch(line -> line.matches("\\*\\s+8\\s+3\\d\\d\\s+3\\d\\d\\s+3\\d\\d\\s*")),
        "a small network needs little more than Spark itself: " + plan.text());
    assertEquals(before, entries(), "a plan writes nothing");

    String german = planned("--lang", "de").text();
    assertTrue(german.contains("* wie train es täte: 8 Worker, 2 Epochen mit je 2 Runden"), german);
    assertTrue(
        Pattern.compile("dauert eine ungestörte Runde \\d+,\\d ms, dazu").matcher(german).find(),
        german);

    Ended unmeasured = run("plan", "--from", path("planned"), "--batch-size", "64");
    assertEquals(2, unmeasured.code());
    assertEquals(1, unmeasured.errors().size(), unmeasured.errors().toString());
    assertTrue(
        unmeasured.errors().get(0).contains("run a grid that has these"),
        unmeasured.errors().toString());

    Ended otherData = run("plan", "--from", path("planned"), "--data", data);
    assertEquals(2, otherData.code());
    assertTrue(
        otherData.errors().get(0).contains("expected no data beside --from"),
        otherData.errors().toString());
  }

  private Said planned(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("plan", "--from", path("planned"), "--workers", "8"));
    arguments.addAll(List.of("--epochs", "2", "--rounds-per-epoch", "2", "--batch-size", "32"));
    arguments.addAll(List.of(more));
    return said(arguments.toArray(String[]::new));
  }

  /** By a measurement here, with the data's own images. */
  @ParameterizedTest
  @CsvSource({"20, 12, 6", "1, 1, 10", "200, 200, 10", "28, 28, 2", "28, 28, 256"})
  void dataOfAnyShapeIsPlanned(int height, int width, int classes) throws IOException {
    String data = data("data", height, width, classes, 600);

    Said plan = said("plan", "--data", data, "--workers", "2", "--epochs", "3");

    assertEquals(0, plan.ended().code(), plan.ended().errors().toString());
    assertTrue(plan.text().contains("* as train would do it: 2 workers, 3 epochs of"), plan.text());
  }

  /** Seconds of an epoch that follow the model, however busy this machine is. */
  private void setTimesByHand(String out) throws IOException {
    ObjectMapper json = new ObjectMapper();
    try (DirectoryStream<Path> points =
        Files.newDirectoryStream(folder.resolve(out).resolve("points"))) {
      for (Path point : points) {
        Path file = point.resolve("result.json");
        JsonNode result = json.readTree(file.toFile());
        int workers = result.path("config").path("workers").asInt();
        int atOnce = Math.min(workers, result.path("environment").path("cores").asInt());
        for (JsonNode epoch : result.path("epochs")) {
          ObjectNode time = (ObjectNode) epoch.path("time");
          time.put("compute", 600 * 10e-6 / atOnce);
          time.put("waiting", 0);
          time.put("sync", 2 * (0.020 + 0.002 * atOnce));
        }
        json.writeValue(file.toFile(), result);
      }
    }
  }

  private Set<String> entries() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
