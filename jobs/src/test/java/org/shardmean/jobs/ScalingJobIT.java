package org.shardmean.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small grid that really runs, twice in a row. */
class ScalingJobIT {
  private static final int POINTS = 4;

  @TempDir private Path folder;

  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @BeforeEach
  void onTwoCores() {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
  }

  @AfterEach
  void asBefore() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
  }

  @Test
  void theSecondGridComparesItselfWithTheFirst() throws IOException {
    run("first");
    JsonNode first = json("first");
    assertTrue(first.get("comparison").isNull());
    assertEquals(POINTS, first.get("points").asInt());
    assertEquals(0, first.get("failed").asInt());
    assertEquals(2, first.at("/curves/0/levels").size());

    run("second");
    JsonNode second = json("second");
    assertEquals(first.get("started"), second.at("/comparison/baseline"));
    assertEquals(2, grids(), "grids in the history");
    assertTrue(second.at("/comparison/sentence").asText().contains("worse"));
    assertTrue(Files.readString(folder.resolve("second/scaling.html")).contains("baseline"));
  }

  @Test
  void aGridThatWasInterruptedGoesOn() throws IOException {
    run("grid");
    Path points = folder.resolve("grid/points");
    List<Path> done;
    try (Stream<Path> all = Files.list(points)) {
      done = all.sorted().toList();
    }
    assertEquals(POINTS, done.size());
    FileTime kept = Files.getLastModifiedTime(done.get(1).resolve("result.json"));
    Files.delete(done.get(0).resolve("result.json"));
    Files.delete(folder.resolve("grid/scaling.json"));

    run("grid");

    assertTrue(Files.exists(done.get(0).resolve("result.json")));
    assertEquals(kept, Files.getLastModifiedTime(done.get(1).resolve("result.json")));
    assertEquals(1, grids(), "the same grid, appended again");
  }

  @Test
  void aPointThatCannotLearnIsRecordedAsFailedAndTheRestGoesOn() throws IOException {
    int code = start("bad", "workers = 1, 2\nlearning-rate = 1e30\noptimizer = sgd\n");

    assertEquals(0, code, errors.toString(StandardCharsets.UTF_8));
    assertEquals(POINTS, json("bad").get("failed").asInt());
  }

  /** On a busy machine the second of two equal grids may truly be slower: that is exit code 10. */
  private void run(String out) throws IOException {
    int code = start(out, "workers = 1, 2\n");
    assertTrue(code == 0 || code == 10, errors.toString(StandardCharsets.UTF_8));
  }

  private int start(String out, String varied) throws IOException {
    Path grid = folder.resolve("grid.properties");
    Files.writeString(
        grid,
        varied
            + "rounds-per-epoch = 2\ndata = generated:2000\nseeds = 1, 2\nepochs = 2\nbatch-size = 32\n");
    PrintStream err = new PrintStream(errors, true, StandardCharsets.UTF_8);
    ExitCode code =
        new CommandLineJobs(Main.JOBS, Map.of(), System.out, err)
            .run(
                List.of(
                    "scaling",
                    "--grid",
                    grid.toString(),
                    "--out",
                    folder.resolve(out).toString(),
                    "--history",
                    folder.resolve("history").toString()));
    return code.number();
  }

  private JsonNode json(String out) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(out).resolve("scaling.json").toFile());
  }

  private long grids() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("history/grid"))) {
      return all.filter(file -> file.toString().endsWith(".json")).count();
    }
  }
}
