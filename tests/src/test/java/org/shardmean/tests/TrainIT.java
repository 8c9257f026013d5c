package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.report.SavedResult;
import org.shardmean.run.RunStatus;

/** {@code train} from outside: its files, its console, and how it refuses. */
class TrainIT {
  private static final String[] OPTIONS = {
    "--data=generated:400", "--epochs=2", "--workers=3", "--seed=7", "--out", "my run"
  };

  /** Where one run is that several tests look at. */
  @TempDir private static Path shared;

  private static Finished trained;

  @TempDir Path folder;

  @BeforeAll
  static void trainOnce() throws Exception {
    trained = train(shared, OPTIONS);
  }

  @Test
  void aRunLeavesItsFilesWhereItWasAskedTo() throws Exception {
    assertEquals(0, trained.exitCode(), trained.err());
    assertEquals(TrainedRun.FILES, filesIn(shared.resolve("my run")));
    SavedResult result = TrainedRun.result(shared.resolve("my run"));
    assertEquals(RunStatus.COMPLETED, result.status());
    assertFalse(result.data().isMnist());
    assertEquals(2, result.epochs().size());
  }

  /** ND4J takes seconds to start, and only the engine dl4j needs it. */
  @Test
  void neitherTrainingNorReadingTheModelStartsNd4j() throws Exception {
    Launcher launcher =
        new Launcher(folder)
            .with("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + folder + "/classes-%p.log");

    Finished trained = launcher.run("train", "--data=generated:400", "--epochs=1", "--out=run");
    Finished inspected = launcher.run("inspect", "--model=run/model.zip");

    assertEquals(0, trained.exitCode(), trained.err());
    assertEquals(0, inspected.exitCode(), inspected.err());
    List<String> loaded = new ArrayList<>();
    for (String file : filesIn(folder)) {
      if (file.startsWith("classes-")) {
        loaded.addAll(Files.readAllLines(folder.resolve(file)));
      }
    }
    assertTrue(
        loaded.stream().anyMatch(line -> line.contains(" org.shardmean.model.SavedModel ")),
        "the logs are those of the runs");
    assertEquals(
        List.of(),
        loaded.stream()
            .filter(line -> line.contains(" org.nd4j.") || line.contains(" org.deeplearning4j."))
            .toList());
  }

  @Test
  void theConsoleIsPlainAndSaysWhatTheFiguresAreOf() {
    assertEquals("", trained.err());
    assertFalse(trained.out().contains("\r"), trained.out());
    assertEquals(
        2,
        trained.out().lines().filter(line -> line.matches("Epoch [12]/2 .* val_acc: .*")).count());
    assertTrue(trained.out().contains("these are not MNIST's figures"), trained.out());
    assertTrue(trained.out().contains("Total "), trained.out());
  }

  @Test
  void theCommandInTheResultRepeatsTheRun() throws Exception {
    List<String> words = List.of(command(shared.resolve("my run")).split(" ", -1));

    Finished again =
        new Launcher(folder)
            .run(
                Stream.concat(words.subList(1, words.size()).stream(), Stream.of("--out", "second"))
                    .toArray(String[]::new));

    assertEquals(0, again.exitCode(), again.err());
    assertEquals(
        TrainedRun.result(shared.resolve("my run")).parametersSha256(),
        TrainedRun.result(folder.resolve("second")).parametersSha256());
  }

  @Test
  void settingsThatDoNotFitTheDataAreSaidTogetherAndNothingIsLeft() throws Exception {
    Finished finished =
        train(
            "--data=generated:20",
            "--workers=40",
            "--layers=700-10",
            "--batch-size=5",
            "--out=run");

    assertEquals(2, finished.exitCode(), finished.err());
    assertEquals(3, errors(finished).size(), finished.err());
    assertFalse(Files.exists(folder.resolve("run")));
  }

  @Test
  void badDataEndsWithThreeAndOneLine() throws Exception {
    Files.createDirectories(folder.resolve("digits"));
    for (String file :
        List.of(
            "train-images-idx3-ubyte",
            "train-labels-idx1-ubyte",
            "t10k-images-idx3-ubyte",
            "t10k-labels-idx1-ubyte")) {
      Files.writeString(folder.resolve("digits").resolve(file), "no digits at all");
    }

    Finished finished = train("--data=digits", "--out=run");

    assertEquals(3, finished.exitCode(), finished.err());
    assertEquals(1, errors(finished).size(), finished.err());
    assertTrue(finished.err().contains("digits/train-images-idx3-ubyte"), finished.err());
    assertFalse(finished.err().contains("\tat "), finished.err());
    assertFalse(Files.exists(folder.resolve("run")));
  }

  @Test
  void aDivergingRunEndsWithFourAndKeepsItsRecord() throws Exception {
    Finished finished =
        train(
            "--data=generated:400",
            "--optimizer=sgd",
            "--learning-rate=1e9",
            "--warmup=0",
            "--out=run");

    assertEquals(4, finished.exitCode(), finished.err());
    assertEquals(1, errors(finished).size(), finished.err());
    assertTrue(finished.err().contains("diverged"), finished.err());
    assertEquals(RunStatus.DIVERGED, TrainedRun.result(folder.resolve("run")).status());
  }

  @Test
  void aRunThatHasEndedIsNotTrainedAgainNorReplacedUnlessToldSo() throws Exception {
    Finished again = train(shared, OPTIONS);
    Finished refused = train(shared, with("--seed=1", "--batch-size=5"));
    Finished told = train(shared, with("--overwrite"));

    assertEquals(0, again.exitCode(), again.err());
    assertTrue(again.out().contains("not trained again"), again.out());
    assertEquals(2, refused.exitCode(), refused.err());
    assertEquals(2, errors(refused).size(), refused.err());
    assertTrue(refused.err().contains("--overwrite"), refused.err());
    assertEquals(0, told.exitCode(), told.err());
  }

  @Test
  void aStackTraceIsShownOnlyWhenAskedFor() throws Exception {
    Finished asked = train("--data=nowhere", "--stacktrace");

    assertEquals(3, asked.exitCode(), asked.err());
    assertTrue(asked.err().contains("\tat org.shardmean."), asked.err());
  }

  @Test
  void aPlainSparkSubmitTakesTheJar() throws Exception {
    List<String> arguments =
        List.of(
            "--master",
            "local[1]",
            "--class",
            "org.shardmean.jobs.Main",
            Project.APPLICATION_JAR.toString(),
            "train",
            "--data",
            "generated:200",
            "--epochs",
            "1",
            "--out",
            "run");

    Finished finished =
        Finished.of(SparkJvm.of(folder, "org.apache.spark.deploy.SparkSubmit", arguments), folder);

    assertEquals(0, finished.exitCode(), finished.err());
    assertEquals(1, TrainedRun.result(folder.resolve("run")).epochs().size());
  }

  private static String[] with(String... more) {
    return Stream.concat(Stream.of(OPTIONS), Stream.of(more)).toArray(String[]::new);
  }

  private Finished train(String... options) throws IOException, InterruptedException {
    return train(folder, options);
  }

  private static Finished train(Path folder, String... options)
      throws IOException, InterruptedException {
    return new Launcher(folder)
        .run(
            Stream.concat(Stream.of("train", "--master", "local[2]"), Stream.of(options))
                .toArray(String[]::new));
  }

  private static String command(Path run) throws IOException {
    return new ObjectMapper().readTree(run.resolve("result.json").toFile()).get("command").asText();
  }

  private static List<String> errors(Finished finished) {
    return finished.errors().stream().filter(line -> line.startsWith("error: ")).toList();
  }

  private static Set<String> filesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
