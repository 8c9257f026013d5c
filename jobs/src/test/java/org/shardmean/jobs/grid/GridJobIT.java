package org.shardmean.jobs.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.shardmean.experiment.ExperimentHistory;
import org.shardmean.experiment.PastGrid;
import org.shardmean.experiment.PointRecord;

/** Small grids that really run. */
class GridJobIT extends RunGrids {
  private static final String SMALL =
      "data = generated:600\nepochs = 2\nrounds-per-epoch = 2\nbatch-size = 32\nseeds = 1, 2\n";

  /** Every outcome of the comparison: none to compare with, no worse, worse, and accepted. */
  @Test
  void aGridIsComparedWithTheAcceptedOne() throws IOException {
    assertEquals(0, grid("first", "workers = 1, 2\n" + SMALL).code());
    JsonNode first = json("first");
    assertTrue(first.get("comparison").isNull());
    assertEquals(4, first.get("points").asInt());
    assertEquals(2, first.at("/curves/0/levels").size());
    assertTrue(history("history").get(0).isAccepted(), "the first of its kind");

    altered("slow", 1e3);
    Ended faster = grid("second", "workers = 1, 2\n" + SMALL, "--history", path("slow"));
    assertEquals(0, faster.code(), faster.errors().toString());
    JsonNode second = json("second");
    assertFalse(second.at("/comparison/worse").asBoolean());
    assertEquals(first.get("started"), second.at("/comparison/baseline"));
    assertTrue(Files.readString(folder.resolve("second/report.html")).contains("baseline"));

    altered("fast", 1e-3);
    Ended slower = grid("third", "workers = 1, 2\n" + SMALL, "--history", path("fast"));
    assertEquals(10, slower.code(), slower.errors().toString());
    assertTrue(json("third").at("/comparison/worse").asBoolean());
    assertEquals(List.of(true, false), history("fast").stream().map(PastGrid::isAccepted).toList());

    String slow = history("fast").get(1).started();
    assertEquals(0, run("grid", "--accept", slow, "--history", path("fast")).code());
    assertEquals(List.of(true, true), history("fast").stream().map(PastGrid::isAccepted).toList());
  }

  @Test
  void anInterruptedGridGoesOnAndOneWithOtherSettingsIsRefused() throws IOException {
    String file = "workers = 1, 2\n" + SMALL;
    assertEquals(0, grid("grid", file).code());
    List<Path> points = points("grid");
    FileTime kept = Files.getLastModifiedTime(points.get(1).resolve("result.json"));
    Files.delete(points.get(0).resolve("result.json"));
    String started = json("grid").get("started").asText();

    assertEquals(0, grid("grid", file).code());
    assertTrue(Files.exists(points.get(0).resolve("result.json")));
    assertEquals(kept, Files.getLastModifiedTime(points.get(1).resolve("result.json")));
    assertEquals(started, json("grid").get("started").asText());
    assertEquals(1, history("history").size(), "the same grid, kept once");
    assertTrue(json("grid").get("comparison").isNull(), "and not compared with itself");

    Ended other = grid("grid", file + "label-smoothing = 0\n");
    assertEquals(2, other.code());
    assertEquals(1, other.errors().size(), other.errors().toString());
    assertTrue(
        other.errors().get(0).contains("label-smoothing 0.0 instead of 0.1"),
        other.errors().toString());
  }

  /** Such a grid ended with 0, was the next one's baseline, and nothing was ever worse again. */
  @Test
  void aGridWhosePointsFailHasAnExitCodeOfItsOwnAndIsNoBaseline() throws IOException {
    Ended ended = grid("bad", "workers = 1, 2\nlearning-rate = 1e30\noptimizer = sgd\n" + SMALL);

    assertEquals(5, ended.code(), ended.errors().toString());
    assertEquals(4, json("bad").get("failed").asInt());
    assertTrue(Files.readString(folder.resolve("bad/report.html")).contains("Points failed"));
    assertEquals(List.of(false), history("history").stream().map(PastGrid::isAccepted).toList());

    Ended accept =
        run("grid", "--accept", history("history").get(0).started(), "--history", path("history"));
    assertEquals(2, accept.code());
  }

  @Test
  void whatDivergesIsAResultWhereTheFileSaysSo() throws IOException {
    String file = "may-diverge = true\nworkers = 1\nlearning-rate = 0.1, 1e30\noptimizer = sgd\n";

    assertEquals(0, grid("rates", file + SMALL).code());
    assertEquals(0, json("rates").get("failed").asInt());
    assertEquals(2, json("rates").get("diverged").asInt());
    String page = Files.readString(folder.resolve("rates/report.html"));
    assertTrue(page.contains("<td>diverged</td>"), page);
    assertFalse(page.contains("Points failed"));
    List<Path> points = points("rates");
    FileTime kept = Files.getLastModifiedTime(points.get(3).resolve("result.json"));

    Said japanese = said(() -> grid("rates", file + SMALL, "--lang", "ja"));
    assertEquals(0, japanese.ended().code());
    assertTrue(japanese.text().contains("発散：エポック1で発散しました"), japanese.text());
    assertTrue(japanese.text().contains("4点のうち2点が発散しましたが"), japanese.text());
    assertTrue(
        Files.readString(folder.resolve("rates/report.html"))
            .contains("<h2 id=\"learning\">学習の様子"));
    assertEquals(kept, Files.getLastModifiedTime(points.get(3).resolve("result.json")));
  }

  /** These were found after the grid, or hours into it. */
  @Test
  void whatCannotBeRunIsFoundBeforeAnythingIs() throws IOException {
    Ended baseline = grid("a", "workers = 1\n" + SMALL, "--baseline", "yesterday");
    Ended infeasible =
        grid("b", "workers = 1, 300, 1000\n" + SMALL.replace("batch-size = 32", "batch-size = 4"));
    Ended variants =
        grid(
            "c",
            "workers = 1, 2\nvariant.a.workers = 4\nvariant.a.seed = 7\nvariant.b.preset = none\n"
                + SMALL);

    assertEquals(2, baseline.code());
    assertTrue(
        baseline.errors().get(0).contains("--baseline: expected"), baseline.errors().toString());
    assertEquals(2, infeasible.code());
    assertTrue(infeasible.errors().size() > 1, infeasible.errors().toString());
    assertTrue(
        String.join("\n", infeasible.errors()).contains("(setup workers-1000)"),
        infeasible.errors().toString());
    assertEquals(2, variants.code());
    assertEquals(2, variants.errors().size(), variants.errors().toString());
    for (String out : List.of("a", "b", "c", "history")) {
      assertFalse(Files.exists(folder.resolve(out)), out);
    }
  }

  @Test
  void onAnyNumberOfCoresTheResultIsTheSameBits() throws IOException {
    Ended ended = grid("cores", "cores = 1, 2\nworkers = 3\n" + SMALL);

    assertEquals(0, ended.code(), ended.errors().toString());
    JsonNode json = json("cores");
    assertEquals("cores", json.get("across").asText());
    Set<String> bits = new TreeSet<>();
    List<Integer> slots = new ArrayList<>();
    for (Path point : points("cores")) {
      JsonNode result = new ObjectMapper().readTree(point.resolve("result.json").toFile());
      bits.add(result.at("/config/seed") + " " + result.at("/model/parametersSha256"));
      slots.add(result.at("/environment/cores").asInt());
    }
    assertEquals(2, bits.size(), "one for each seed: " + bits);
    assertEquals(Set.of(1, 2), Set.copyOf(slots));
  }

  @Test
  void aWeakGridDrawsAsManyDigitsForEveryWorker() throws IOException {
    Ended ended =
        grid(
            "weak",
            """
            workers = 1, 3
            images-per-worker = 200
            epochs = 1
            target-accuracy = 0.05
            price-per-core-hour = 3.6
            """);

    assertEquals(0, ended.code(), ended.errors().toString());
    JsonNode json = json("weak");
    assertTrue(json.get("isWeak").asBoolean());
    assertEquals(
        List.of("generated:200", "generated:600"),
        json.findValuesAsText("data").stream().distinct().toList());
    JsonNode level = json.at("/curves/0/levels/0");
    assertEquals(1, level.at("/timeToAccuracy/reached").asInt());
    assertTrue(level.at("/cost/median").asDouble() > 0);
  }

  /** Nothing in a grid knows MNIST's shape. */
  @Test
  void dataOfAnyShapeIsRunAndReported() throws IOException {
    String shapes =
        String.join(
            ", ",
            data("six", 20, 12, 6, 120),
            data("pixel", 1, 1, 2, 60),
            data("large", 200, 200, 3, 30),
            data("two", 5, 4, 2, 60),
            data("all", 4, 4, 256, 512));

    Ended ended = grid("shapes", "data = " + shapes + "\nworkers = 2\nepochs = 1\n");

    assertEquals(0, ended.code(), ended.errors().toString());
    assertEquals(5, json("shapes").get("setups").size());
    assertEquals(0, json("shapes").get("failed").asInt());
    assertEquals(
        Set.of("240-128-64-6", "1-128-64-2", "40000-128-64-3", "20-128-64-2", "16-128-64-256"),
        Set.copyOf(json("shapes").findValuesAsText("layers")));
  }

  /** The history, had its grids taken {@code factor} times as long. */
  private void altered(String to, double factor) throws IOException {
    ExperimentHistory other = new ExperimentHistory(new Configuration(), path(to));
    for (PastGrid grid : history("history")) {
      other.append(
          new PastGrid(
              grid.experiment(),
              grid.started(),
              grid.commit(),
              grid.master(),
              grid.points().stream().map(point -> altered(point, factor)).toList()));
    }
  }

  private static PointRecord altered(PointRecord p, double factor) {
    return new PointRecord(
        p.point(),
        p.problem(),
        p.cores(),
        p.trainExamples(),
        p.accuracies(),
        p.epochSeconds().stream().map(s -> s * factor).toList(),
        p.trainSeconds().stream().map(s -> s * factor).toList(),
        p.time(),
        p.bytesPerRound(),
        p.parametersSha256(),
        p.fingerprint(),
        p.validationExamples());
  }

  private List<PastGrid> history(String name) throws IOException {
    return new ExperimentHistory(new Configuration(), path(name)).of("grid");
  }
}
