package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schedule's own command, really run twice in a row. */
class ScheduledGridIT {
  private static final int WORSE = 10;

  @TempDir Path folder;

  @Test
  void theSecondGridComparesItselfWithTheFirst() throws Exception {
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
    Finished second = runGrid(grid);

    assertEquals(0, first.exitCode(), first.err() + first.out());
    assertTrue(first.out().contains("Nothing to compare with"), first.out());
    List<Path> grids = grids();
    assertEquals(2, grids.size(), grids.toString());
    String began = scaling(grids.get(0)).get("started").asText();
    // Timings of two runs this short may differ by anything: what the gate says of them is its own.
    assertTrue(Set.of(0, WORSE).contains(second.exitCode()), second.err() + second.out());
    assertTrue(second.out().contains("Compared with the grid of " + began), second.out());
    assertTrue(
        second.out().contains("No worse than the baseline")
            || second.out().contains("It got worse than the baseline"),
        second.out());
    assertEquals(began, scaling(grids.get(1)).at("/comparison/baseline").asText());
    assertTrue(Files.readString(grids.get(1).resolve("scaling.html")).contains(began));
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

  private static JsonNode scaling(Path grid) throws IOException {
    return new ObjectMapper().readTree(grid.resolve("scaling.json").toFile());
  }
}
