package org.shardmean.experiment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shardmean.Mutation;
import org.shardmean.Reading;
import org.shardmean.run.ConfigurationException;

/**
 * Whatever a grid's file holds, it is read, and then describes points that can be counted, or it is
 * refused: each mistake in one line, quickly, in little memory, and with nothing written.
 */
class GridFileHostileTest {
  /** The project's own grids, and one that uses everything a grid's file may have. */
  private static final List<byte[]> SOUND = sound();

  @Property(tries = 4000)
  void aMutatedFileIsReadOrRefused(
      @ForAll("soundFiles") byte[] file, @ForAll("mutations") Mutation mutation)
      throws IOException {
    reading(mutation.applyTo(file));
  }

  /** Lines that are each possible, but need not fit together. */
  @Property(tries = 3000)
  void anyLinesAreReadOrRefused(@ForAll("lines") List<String> lines) throws IOException {
    reading(String.join("\n", lines).getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "repeats = 2147483647\nworkers = 1, 2\n",
        "repeats = 2147483647\nseeds = 1, 2, 3\ncores = 1, 2\n",
        """
        workers = 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20
        epochs = 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20
        batch-size = 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20
        seeds = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
        """
      })
  void morePointsThanAnybodyCanRunAreRefused(String text) throws IOException {
    String fault = reading(text.getBytes(UTF_8)).fault();

    assertTrue(fault.contains(": expected at most 100,000 points, found "), fault);
  }

  @Test
  void aFileWithoutEndIsRefused() {
    Path endless = Path.of("/dev/zero");
    assumeTrue(Files.exists(endless), "this system has no endless file");

    assertEquals(
        "/dev/zero: expected a readable file of properties such as 'workers = 1, 2',"
            + " found more than 1048576 bytes; check the path",
        Reading.of(() -> GridFile.read(endless.toString())).fault());
  }

  @Test
  void aFolderAndWhatIsNoTextAreRefused() throws IOException {
    String folder = Reading.of(() -> GridFile.read(System.getProperty("java.io.tmpdir"))).fault();
    String latin = reading("name = Größe\n".getBytes(ISO_8859_1)).fault();

    assertTrue(folder.contains("expected a readable file of properties"), folder);
    assertTrue(latin.contains("found text that is not in UTF-8"), latin);
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 18, 1 << 20})
  void aLongKeyOrValueIsRefusedAtOnce(int length) throws IOException {
    String letters = "a".repeat(length - 100);

    assertTrue(reading((letters + " = 1\n").getBytes(UTF_8)).fault().endsWith("…"));
    assertTrue(reading(("epochs = " + letters + "\n").getBytes(UTF_8)).fault().endsWith("…"));
  }

  /** Mistakes are told in the order of their lines, whatever the file is called. */
  @Test
  void aFilesNameMayLookLikeALine() {
    Reading<GridFile> reading =
        Reading.of(
            () ->
                eachInOneLine(() -> GridFile.parse("epoch = 1\n", "a, line 99999999999: b", "a")));

    assertEquals(
        "a, line 99999999999: b, line 1: epoch: unknown in a grid, did you mean epochs?",
        reading.fault());
  }

  @Provide
  Arbitrary<byte[]> soundFiles() {
    return Arbitraries.of(SOUND);
  }

  @Provide
  Arbitrary<Mutation> mutations() {
    return Mutation.some();
  }

  @Provide
  Arbitrary<List<String>> lines() {
    Arbitrary<String> key =
        Arbitraries.of(
            "workers",
            "epochs",
            "batch-size",
            "seeds",
            "seed",
            "repeats",
            "cores",
            "data",
            "layers",
            "validation",
            "order-seed",
            "images-per-worker",
            "target-accuracy",
            "price-per-core-hour",
            "may-diverge",
            "name",
            "out",
            "same-bits",
            "variant.a.workers",
            "variant.a.preset",
            "variant.b.data",
            "variant.a b.epochs",
            "variant..epochs",
            "variant.",
            "variant");
    Arbitrary<String> value =
        Arbitraries.of(
            "1",
            "0",
            "-1",
            "2147483647",
            "2147483648",
            "9223372036854775807",
            "1e308",
            "1e-400",
            "NaN",
            "Infinity",
            "",
            ",",
            "\"",
            "\"\"",
            "\"a,b\"",
            "true",
            "mnist",
            "generated:100",
            "generated:-1",
            "generated:99999999999",
            "784-10",
            "1-1-1",
            "0-0",
            "../../x",
            "\\u202e",
            "\\u12",
            "auto",
            "\\");
    Arbitrary<String> list =
        value.list().ofMinSize(1).ofMaxSize(6).map(all -> String.join(",", all));
    return Combinators.combine(key, list)
        .as((name, values) -> name + " = " + values)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  private static Reading<GridFile> reading(byte[] bytes) throws IOException {
    Path folder = Files.createTempDirectory("hostile-grid");
    Path file = folder.resolve("mine.properties");
    try {
      Files.write(file, bytes);
      Reading<GridFile> reading =
          Reading.of(() -> eachInOneLine(() -> GridFile.read(file.toString())));
      reading.read().ifPresent(grid -> assertTrue(grid.points() >= 1, grid.toString()));
      try (Stream<Path> files = Files.list(folder)) {
        assertEquals(List.of(file), files.toList(), "reading wrote a file");
      }
      return reading;
    } finally {
      Files.delete(file);
      Files.delete(folder);
    }
  }

  private interface GridReading {
    GridFile read();
  }

  /** Passes on the first mistake; each of the others is looked at, too. */
  private static GridFile eachInOneLine(GridReading reading) {
    try {
      return reading.read();
    } catch (ConfigurationException mistakes) {
      for (String mistake : mistakes.problems()) {
        Reading.of(
            () -> {
              throw new ConfigurationException(mistake);
            });
      }
      throw new ConfigurationException(mistakes.problems().get(0));
    }
  }

  private static List<byte[]> sound() {
    List<byte[]> sound = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("../conf/experiments"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        sound.add(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sound.add(
        """
        # everything
        name = all
        workers = 1, 2, \\
          4
        cores = 1, 2
        seeds = 1, 2
        repeats = 2
        order-seed = 7
        images-per-worker = 1000
        target-accuracy = 0.98
        price-per-core-hour = 0.04
        may-diverge = true
        learning-rate = 0.01, "0.02"
        variant.plain.preset = none
        variant.rule.preset = auto
        """
            .getBytes(UTF_8));
    return List.copyOf(sound);
  }
}
