package org.shardmean.jobs.grid;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shardmean.experiment.ExperimentHistory;
import org.shardmean.experiment.PastGrid;
import org.shardmean.experiment.PointRecord;
import org.shardmean.jobs.IdxFolders;
import org.shardmean.jobs.Main;
import org.shardmean.jobs.command.CommandLineJobs;
import org.shardmean.jobs.command.ExitCode;

/** Small grids that really run. */
class GridJobIT {
  private static final Map<String, String> SPARK =
      Map.of("spark.master", "local[2]", "spark.ui.enabled", "false");
  private static final String SMALL =
      "data = generated:600\nepochs = 2\nrounds-per-epoch = 2\nbatch-size = 32\nseeds = 1, 2\n";

  @TempDir private Path folder;

  /** How a job ended. */
  private record Ended(int code, List<String> errors) {}

  @BeforeAll
  static void onTwoCores() {
    SPARK.forEach(System::setProperty);
  }

  @AfterAll
  static void asBefore() {
    SPARK.keySet().forEach(System::clearProperty);
  }

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

    assertEquals(0, grid("rates", file + SMALL).code());
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

  /** From the points of a real grid, whose images are not of MNIST's shape; nothing is measured. */
  @Test
  void aPlanTellsTimeAndAccuracyFromTheGridsPoints() throws IOException {
    String data = data("six", 20, 12, 6, 600);
    String settings = "epochs = 2\nrounds-per-epoch = 2\nbatch-size = 32\nseeds = 1, 2\n";
    assertEquals(0, grid("planned", "data = " + data + "\nworkers = 1, 2, 4\n" + settings).code());
    setTimesByHand("planned");
    Set<String> before = entries();

    Said plan =
        said(
            "plan",
            "--from",
            path("planned"),
            "--workers",
            "8",
            "--epochs",
            "2",
            "--rounds-per-epoch",
            "2",
            "--batch-size",
            "32");

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
    assertEquals(before, entries(), "a plan writes nothing");

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

  /** By a measurement here, with the data's own images. */
  @ParameterizedTest
  @CsvSource({"20, 12, 6", "1, 1, 10", "200, 200, 10", "28, 28, 2", "28, 28, 256"})
  void dataOfAnyShapeIsPlanned(int height, int width, int classes) throws IOException {
    String data = data("data", height, width, classes, 600);

    Said plan = said("plan", "--data", data, "--workers", "2", "--epochs", "3");

    assertEquals(0, plan.ended().code(), plan.ended().errors().toString());
    assertTrue(plan.text().contains("* as train would do it: 2 workers, 3 epochs of"), plan.text());
  }

  /** How a job ended, and what it printed. */
  private record Said(Ended ended, String text) {}

  private static Said said(String... arguments) {
    PrintStream console = System.out;
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    System.setOut(new PrintStream(text, true, UTF_8));
    try {
      return new Said(run(arguments), text.toString(UTF_8));
    } finally {
      System.setOut(console);
    }
  }

  private Set<String> entries() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private String data(String name, int height, int width, int classes, int count)
      throws IOException {
    return IdxFolders.write(folder.resolve(name), height, width, classes, count).toString();
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

  private Ended grid(String out, String file, String... more) throws IOException {
    Path grid = Files.writeString(folder.resolve("grid.properties"), file);
    List<String> arguments = new ArrayList<>(List.of("grid", grid.toString(), "--out", path(out)));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--history")) {
      arguments.addAll(List.of("--history", path("history")));
    }
    return run(arguments.toArray(String[]::new));
  }

  private static Ended run(String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitCode code =
        new CommandLineJobs(Main.JOBS, Map.of(), System.out, new PrintStream(err, true, UTF_8))
            .run(List.of(arguments));
    return new Ended(code.number(), err.toString(UTF_8).lines().toList());
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private List<Path> points(String out) throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve(out).resolve("points"))) {
      return all.sorted().toList();
    }
  }

  private JsonNode json(String out) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(out).resolve("grid.json").toFile());
  }
}
