package org.shardmean.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.run.ConfigurationException;
import org.shardmean.train.EngineKind;

class GridFileTest {
  @TempDir private Path folder;

  @Test
  void theLaptopsGridHasTwelvePoints() {
    GridFile file = GridFile.read("../conf/experiments/laptop.properties");

    assertEquals("laptop", file.grid().name());
    assertEquals(12, file.grid().points().size());
    assertEquals(
        List.of(1, 2), file.grid().setups().stream().map(Setup::workers).distinct().toList());
    assertEquals(List.of(1L, 2L, 3L), file.grid().seeds());
  }

  @Test
  void everyExperimentOfTheHouseCanBeRead() throws IOException {
    try (var files = Files.list(Path.of("../conf/experiments"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertFalse(GridFile.read(file.toString()).grid().points().isEmpty(), file.toString());
      }
    }
  }

  @Test
  void listsAreVariedAndTheRestIsFixed() throws IOException {
    GridFile file =
        read(
            """
            name = mine
            workers = 1, 2,4
            engine = dl4j, fused
            learning-rate = 0.01
            """);

    assertEquals(
        List.of(1, 2, 4), file.grid().setups().stream().map(Setup::workers).distinct().toList());
    assertEquals(
        List.of(EngineKind.DL4J, EngineKind.FUSED),
        file.grid().setups().stream().map(Setup::engine).distinct().toList());
    assertEquals("mine", file.grid().name());
    assertEquals("0.01", file.fixed().get("learning-rate").text());
    assertFalse(file.fixed().containsKey("workers"));
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    ConfigurationException thrown =
        assertThrows(
            ConfigurationException.class,
            () ->
                read(
                    """
                    workers = 1, two
                    rounds-per-epoc = 4
                    seeds = 1, 1
                    seed = 5
                    learning-rate = -1
                    target-accuracy = 98
                    images-per-worker = 100
                    data = mnist
                    """));

    String said = String.join("\n", thrown.problems());
    assertEquals(7, thrown.problems().size(), said);
    assertTrue(said.contains("line 1: workers: expected a whole number"), said);
    assertTrue(said.contains("did you mean rounds-per-epoch?"), said);
    assertTrue(said.contains("seeds: expected each value once"), said);
    assertTrue(said.contains("seed: unknown in a grid"), said);
    assertTrue(said.contains("learning-rate: expected a number above 0"), said);
    assertTrue(said.contains("target-accuracy: expected a number from 0"), said);
    assertTrue(said.contains("images-per-worker: expected no 'data'"), said);
  }

  @Test
  void aFileThatIsNotThereIsSaid() {
    ConfigurationException thrown =
        assertThrows(
            ConfigurationException.class,
            () -> GridFile.read(folder.resolve("none.properties").toString()));

    assertTrue(thrown.getMessage().contains("NoSuchFileException"), thrown.getMessage());
  }

  private GridFile read(String content) throws IOException {
    return GridFile.read(Files.writeString(folder.resolve("grid.properties"), content).toString());
  }
}
