package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schedule's own command, really run twice in a row. */
class ScheduledGridIT {
  private static final int WORSE = 10;

  @TempDir Path folder;

  /** The first one is accepted; the second finds it a thousand times as fast. */
  @Test
  void aGridThatGotSlowerThanTheAcceptedOneIsAnAlarm() throws Exception {
    Path grid = folder.resolve("small.properties");
    Files.writeString(
        grid,
        """
        workers = 1, 2
        rounds-per-epoch = 2
        data = generated:400
        batch-size = 20
        seeds = 1, 2
        epochs = 2
        target-accuracy = 0.2
        """);

    Finished first = runGrid(grid);
    assertEquals(0, first.exitCode(), first.err() + first.out());
    assertTrue(first.out().contains("it was compared with no earlier grid"), first.out());
    makeTheHistoryFaster();
    Finished second = runGrid(grid);

    List<Path> grids = grids();
    assertEquals(2, grids.size(), grids.toString());
    String started = json(grids.get(0)).get("started").asText();
    assertEquals(WORSE, second.exitCode(), second.err() + second.out());
    assertTrue(second.out().contains("It got worse than the baseline."), second.out());
    assertEquals(started, json(grids.get(1)).at("/comparison/baseline").asText());
    assertTrue(Files.readString(grids.get(1).resolve("report.html")).contains(started));
  }

  private void makeTheHistoryFaster() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("history"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".json")).toList()) {
        JsonNode past = new ObjectMapper().readTree(file.toFile());
        for (String times : List.of("trainSeconds", "epochSeconds")) {
          for (JsonNode point : past.get("points")) {
            ArrayNode seconds = (ArrayNode) point.get(times);
            for (int i = 0; i < seconds.size(); i++) {
              seconds.set(i, seconds.get(i).asDouble() / 1000);
            }
          }
        }
        Files.writeString(file, past.toString());
      }
    }
  }

  private Finished runGrid(Path grid) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(Project.ROOT.resolve("deploy/schedule/run-grid").toString());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("SPARK_") || name.startsWith("SHARDMEAN_"));
    builder.environment().put("SHARDMEAN_GRID", grid.toString());
    builder.environment().put("SHARDMEAN_MASTER", "local[2]");
    builder.environment().put("SHARDMEAN_RUNS", folder.resolve("grids").toString());
    builder.environment().put("SHARDMEAN_HISTORY", folder.resolve("history").toString());
    return Finished.of(builder, folder);
  }

  /** In the order in which they ran: a folder's name begins with its time. */
  private List<Path> grids() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("grids"))) {
      return files.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static JsonNode json(Path grid) throws IOException {
    return new ObjectMapper().readTree(grid.resolve("grid.json").toFile());
  }
}
