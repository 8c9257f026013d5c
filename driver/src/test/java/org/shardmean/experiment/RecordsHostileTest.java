package org.shardmean.experiment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shardmean.JsonMutation;
import org.shardmean.Mutation;
import org.shardmean.Reading;
import org.shardmean.data.DataException;
import org.shardmean.report.ResultJson;
import org.shardmean.report.SampleRuns;
import org.shardmean.report.SavedResult;
import org.shardmean.run.RunDirectory;

/**
 * Whatever a history, a grid's points or its definition hold, they are read, and then good for
 * every figure that is made of them, or are refused with a {@link DataException}.
 */
class RecordsHostileTest {
  private static final Configuration HADOOP = new Configuration();
  private static final Path FOLDER = folder();
  private static final Path PAST = FOLDER.resolve("history/sample/2026.json");
  private static final Path RESULT = FOLDER.resolve("grid/points/one/result.json");
  private static final GridPoint POINT = SampleGrids.GRID.points().get(0);
  private static final Path OF_A_POINT =
      FOLDER.resolve("resumed/points/" + POINT.id() + "/result.json");
  private static final Path DEFINITION = FOLDER.resolve("resumed/grid.properties");
  private static final GridFile FILE = GridFileTest.read("workers = 1, 2\n");
  private static final byte[] SOUND_DEFINITION =
      "# mine, started then\nworkers = 1\n".getBytes(UTF_8);
  private static final byte[] SOUND_PAST = past();
  private static final byte[] SOUND_RESULT =
      ResultJson.write(SampleRuns.completed("one", 3, 2)).getBytes(UTF_8);

  @AfterContainer
  static void tidy() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 400)
  void aMutatedHistoryIsReadOrRefused(@ForAll("mutations") Mutation mutation) {
    write(PAST, mutation.applyTo(SOUND_PAST));

    readHistory();
  }

  @Property(tries = 400)
  void aMutatedPointIsReadOrRefused(@ForAll("mutations") Mutation mutation) {
    write(RESULT, mutation.applyTo(SOUND_RESULT));

    readPoints();
  }

  /** Where it is refused, the point is run again. */
  @Property(tries = 150)
  void aMutatedPointOfAGridThatGoesOnIsReadOrRunAgain(@ForAll("mutations") Mutation mutation) {
    write(DEFINITION, SOUND_DEFINITION);
    write(OF_A_POINT, mutation.applyTo(SOUND_RESULT));

    Reading<Optional<SavedResult>> reading = Reading.of(RecordsHostileTest::find);

    assertEquals("", reading.fault());
  }

  @Property(tries = 150)
  void aMutatedDefinitionIsReadOrRefused(@ForAll("mutatedBytes") Mutation mutation) {
    write(DEFINITION, mutation.applyTo(SOUND_DEFINITION));

    Reading.of(RecordsHostileTest::begin);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"cores\":8|\"cores\":0|cores",
        "\"cores\":8|\"cores\":null|cores",
        "\"cores\":8|\"kerne\":8|cores",
        "\"trainExamples\":60000|\"trainExamples\":-1|images",
        "\"validationExamples\":10000|\"validationExamples\":0|images",
        "\"workers\":\"1\"|\"workers\":\"0\"|workers: expected a whole number",
        "\"workers\":\"1\"|\"workers\":\"many\"|workers: expected a whole number",
        "\"workers\":\"1\"|\"arbeiter\":\"1\"|the setup has no workers",
        "\"accuracies\":[|\"accuracies\":[\"NaN\",|accuracies",
        "\"accuracies\":[|\"accuracies\":[2,|accuracies",
        "\"epochSeconds\":[|\"epochSeconds\":[1,|seconds",
        "\"trainSeconds\":[|\"trainSeconds\":[1e300,|seconds of training",
        "\"bytesPerRound\":|\"bytesPerRound\":-|bytes of a round",
        "\"compute\":|\"compute\":\"Infinity\",\"computed\":|seconds of the mean epoch",
      })
  void aHistoryWithFiguresThatNoRunCanHaveIsRefused(String sound, String broken, String found) {
    write(PAST, replaced(SOUND_PAST, sound, broken));

    String fault = readHistory().fault();

    assertTrue(
        fault.contains("2026.json: expected a grid as the history keeps it, found: "), fault);
    assertTrue(fault.contains(found), fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"workers\": 2|\"workers\": 0|workers: expected a whole number",
        "\"workers\": 2|\"workers\": \"x\"|workers: expected a whole number",
        "\"workers\": 2|\"arbeiter\": 2|workers",
        "\"trainExamples\": |\"trainExamples\": 0,\"of\": |images",
        "\"validationAccuracy\": |\"validationAccuracy\": 1e3,\"of\": |accuracies",
        "\"compute\": |\"compute\": null,\"of\": |seconds",
        "\"compute\": |\"compute\": -1e12,\"of\": |seconds",
        "\"rounds\": |\"rounds\": [],\"of\": |bytes of a round",
      })
  void aPointWithFiguresThatNoRunCanHaveIsRefused(String sound, String broken, String found) {
    write(RESULT, replaced(SOUND_RESULT, sound, broken));

    String fault = readPoints().fault();

    assertTrue(fault.contains("one/result.json: expected the run of a grid's point"), fault);
    assertTrue(fault.contains(found), fault);
    assertTrue(fault.endsWith("; run the point again"), fault);
  }

  @Test
  void whatIsNotInUtf8IsRefused() {
    byte[] latin = "{\"experiment\":\"Prüfung\"}".getBytes(ISO_8859_1);
    write(PAST, latin);
    write(RESULT, latin);
    write(DEFINITION, "# über, started then\n".getBytes(ISO_8859_1));

    for (String fault :
        List.of(
            readHistory().fault(),
            readPoints().fault(),
            Reading.of(RecordsHostileTest::begin).fault())) {
      assertTrue(fault.contains("expected text in UTF-8"), fault);
    }
  }

  @Test
  void whatIsLongerThanAnyRecordIsRefused() throws IOException {
    for (Path file : List.of(PAST, RESULT, DEFINITION)) {
      write(file, new byte[0]);
      try (RandomAccessFile longer = new RandomAccessFile(file.toFile(), "rw")) {
        longer.setLength(RunDirectory.MOST_BYTES + 1L); // A file system keeps no zeros.
      }
    }

    List<Executable> readings =
        List.of(() -> history("sample"), RecordsHostileTest::points, RecordsHostileTest::begin);
    for (Executable reading : readings) {
      String fault = assertThrows(DataException.class, reading).getMessage();
      assertTrue(fault.contains("expected at most 1073741824 bytes"), fault);
    }
  }

  @Test
  void aGridWithAPointTwiceIsRefused() {
    String text = new String(SOUND_PAST, UTF_8);
    write(PAST, text.replace("\"seed\":2", "\"seed\":1").getBytes(UTF_8));

    assertTrue(readHistory().fault().contains("each point once"), readHistory().fault());
  }

  @Provide
  Arbitrary<Mutation> mutations() {
    return JsonMutation.some();
  }

  @Provide
  Arbitrary<Mutation> mutatedBytes() {
    return Mutation.some();
  }

  private static Reading<List<PastGrid>> readHistory() {
    return Reading.of(
        () -> {
          List<PastGrid> grids = history("sample");
          for (PastGrid grid : grids) {
            Baseline.differences(grid.fingerprints(), grid);
            grid.done().forEach(RecordsHostileTest::requireFigures);
          }
          return grids;
        });
  }

  private static Reading<SavedPoints> readPoints() {
    return Reading.of(
        () -> {
          SavedPoints saved = points();
          saved.points().stream()
              .filter(PointRecord::isDone)
              .forEach(RecordsHostileTest::requireFigures);
          return saved;
        });
  }

  /** All that tables, curves and models take from a point is finite. */
  private static void requireFigures(PointRecord point) {
    GridPoint.Setup setup = point.point().setup();
    point.round();
    double sum =
        point.secondsPerEpoch()
            + point.fastestEpochSeconds()
            + point.imagesPerSecond()
            + point.totalSeconds()
            + point.totalTrainSeconds()
            + point.secondsPerImage()
            + point.totalBytes()
            + point.finalAccuracy()
            + point.bestAccuracy()
            + point.cost(1)
            + point.time().total()
            + setup.batchSize()
            + setup.engine().name().length()
            + setup.data().length();
    assertTrue(Double.isFinite(sum), point.toString());
    point.runTo(0.5);
  }

  private static List<PastGrid> history(String experiment) {
    try {
      return new ExperimentHistory(HADOOP, FOLDER.resolve("history").toString()).of(experiment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SavedPoints points() {
    try {
      return SavedPoints.read(HADOOP, FOLDER.resolve("grid").toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String begin() {
    return ofGrid(GridDirectory::started);
  }

  private static Optional<SavedResult> find() {
    return ofGrid(grid -> grid.find(POINT));
  }

  private interface Look<T> {
    T at(GridDirectory grid) throws IOException;
  }

  private static <T> T ofGrid(Look<T> look) {
    String path = FOLDER.resolve("resumed").toString();
    try (GridDirectory grid = GridDirectory.begin(HADOOP, path, FILE, "now", waiting -> {})) {
      return look.at(grid);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] past() {
    PastGrid grid = SampleGrids.grid("2026-01-01T02:00:00Z", 1, 1);
    List<PointRecord> few =
        grid.points().stream()
            .filter(point -> point.point().setup().workers() == 1)
            .filter(point -> point.point().setup().roundsPerEpoch() == 4)
            .toList();
    try {
      Path folder = FOLDER.resolve("written");
      new ExperimentHistory(HADOOP, folder.toString())
          .append(
              new PastGrid(grid.experiment(), grid.started(), grid.commit(), grid.master(), few));
      try (Stream<Path> files = Files.walk(folder)) {
        return Files.readAllBytes(
            files.filter(file -> file.toString().endsWith(".json")).findFirst().orElseThrow());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] replaced(byte[] whole, String sound, String broken) {
    String text = new String(whole, UTF_8);
    assertTrue(text.contains(sound), text);
    return text.replace(sound, broken).getBytes(UTF_8);
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("hostile-records");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
