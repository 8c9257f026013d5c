package org.shardmean.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shardmean.run.ConfigurationException;
import org.shardmean.settings.Written;

class GridFileTest {
  private static final Path EXPERIMENTS = Path.of("../conf/experiments");

  @Test
  void everyExperimentOfTheProjectCanBeRead() throws IOException {
    try (var files = Files.walk(EXPERIMENTS)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertTrue(all.size() > 8, all.toString());
      for (Path file : all) {
        GridFile.read(file.toString());
      }
    }
  }

  @Test
  void noTwoExperimentsHaveOneName() throws IOException {
    try (var files = Files.walk(EXPERIMENTS)) {
      List<String> names =
          files
              .filter(Files::isRegularFile)
              .map(file -> GridFile.read(file.toString()).name())
              .toList();
      assertEquals(names.stream().distinct().toList(), names);
    }
  }

  @Test
  void listsAreVariedWorkersFirstAndSingleValuesAreFixed() {
    GridFile file =
        read(
            """
            learning-rate = 0.01
            optimizer = adam, sgd
            workers = 1, 2,4
            """);

    assertEquals(List.of("workers", "optimizer"), List.copyOf(file.varied().keySet()));
    assertEquals(List.of("1", "2", "4"), texts(file.varied().get("workers")));
    assertEquals("0.01", file.fixed().get("learning-rate").text());
    assertEquals("mine", file.name());
  }

  @Test
  void whatIsNotNamedIsAsForTrain() {
    GridFile file = read("workers = 1, 2\n");

    assertEquals(Map.of(), file.fixed());
    assertEquals(List.of(42L), file.seeds());
    assertEquals(List.of(0), file.cores());
    assertEquals(1, file.repeats());
    assertTrue(Double.isNaN(file.targetAccuracy()));
  }

  @Test
  void aGridMayExpectRunsToDiverge() {
    assertTrue(read("may-diverge = true\n").mayDiverge());
    assertFalse(read("workers = 1\n").mayDiverge());
    assertTrue(problems("may-diverge = yes\n").get(0).contains("expected true or false"));
  }

  @Test
  void inDoubleQuotesACommaIsAPartOfTheValue() {
    GridFile file = read("data = \"a,b\", \"say \"\"hi\"\"\" , c\n");

    assertEquals(List.of("a,b", "say \"hi\"", "c"), texts(file.varied().get("data")));
    assertEquals("a,b", read("data = \"a,b\"\n").fixed().get("data").text());
  }

  @Test
  void whereMnistIsLookedForIsOneValueWithCommas() {
    GridFile file = read("mnist-path = data/mnist,$MNIST_HOME\n");

    assertEquals("data/mnist,$MNIST_HOME", file.fixed().get("mnist-path").text());
    assertEquals(Map.of(), file.varied());
  }

  @Test
  void settingsOfAVariantGoTogether() {
    GridFile file =
        read(
            """
            workers = 1, 8
            variant.plain.preset = none
            variant.plain.batch-size = 16
            variant.rule.preset = auto
            """);

    assertEquals(List.of("plain", "rule"), List.copyOf(file.variants().keySet()));
    assertEquals("16", file.variants().get("plain").get("batch-size").text());
  }

  @Test
  void everyMistakeIsNamedWithItsLine() {
    List<String> problems =
        problems(
            """
            workers = 1, two
            rounds-per-epoc = 4
            seeds = 1, 1
            seed = 5
            learning-rate = -1
            target-accuracy = 98
            images-per-worker = 100
            data = mnist
            out = runs/x
            variant.a b.epochs = 2
            variant.a.epoch = 2
            layers = "784-10
            optimizer =
            """);

    String all = String.join("\n", problems);
    assertEquals(12, problems.size(), all);
    assertTrue(problems.get(0).startsWith("grid, line 1: "), all);
    assertTrue(all.contains("grid, line 1: workers: expected a whole number"), all);
    assertTrue(all.contains("line 2: rounds-per-epoc: unknown in a grid, did you mean"), all);
    assertTrue(all.contains("line 3: seeds: expected each value once, found '1, 1'"), all);
    assertTrue(all.contains("line 4: seed: expected 'seeds'"), all);
    assertTrue(all.contains("line 5: learning-rate: expected a number above 0"), all);
    assertTrue(all.contains("line 6: target-accuracy: expected a number from 0"), all);
    assertTrue(all.contains("line 7: images-per-worker: expected no 'data'"), all);
    assertTrue(all.contains("line 9: out: a grid writes its runs to folders of its own"), all);
    assertTrue(all.contains("line 10: variant.a: expected variant.NAME.SETTING"), all);
    assertTrue(all.contains("found 'epoch', did you mean epochs?"), all);
    assertTrue(all.contains("line 12: layers: expected a second double quote"), all);
    assertTrue(all.contains("line 13: optimizer: expected one of"), all);
  }

  /** A variant's seed gave equal runs, its workers stood in another's row, its data was ignored. */
  @Test
  void aVariantDoesNotOverrideWhatTheFileVaries() {
    List<String> problems =
        problems(
            """
            workers = 1, 64
            data = generated:100, generated:200
            seeds = 1, 2
            variant.a.workers = 4
            variant.a.data = generated:300
            variant.a.seed = 7
            variant.a.cores = 2
            """);

    String all = String.join("\n", problems);
    assertEquals(4, problems.size(), all);
    assertTrue(all.contains("line 4: variant.a.workers: expected no list of 'workers'"), all);
    assertTrue(all.contains("line 5: variant.a.data: expected no list of 'data'"), all);
    assertTrue(
        all.contains("line 6: variant.a.seed: every variant is run with the same seeds"), all);
    assertTrue(all.contains("variant.a.cores: every variant is run with the same cores"), all);
  }

  @Test
  void aWeakGridNeedsWorkers() {
    assertTrue(
        problems("images-per-worker = 100\n").get(0).contains("expected 'workers' beside it"));
  }

  @Test
  void theSameValueWrittenTwiceIsNoTwoSetups() {
    assertEquals(1, problems("learning-rate = 0.01, 1e-2\n").size());
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    ConfigurationException thrown =
        assertThrows(ConfigurationException.class, () -> GridFile.read("no/such.properties"));

    assertEquals(
        "no/such.properties: expected a readable file of properties such as 'workers = 1, 2',"
            + " found nothing there; check the path",
        thrown.getMessage());
  }

  static GridFile read(String text) {
    return GridFile.parse(text, "grid", "mine");
  }

  private static List<String> problems(String text) {
    return assertThrows(ConfigurationException.class, () -> read(text)).problems();
  }

  private static List<String> texts(List<Written> values) {
    return values.stream().map(Written::text).toList();
  }
}
