package org.shardmean.jobs.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.data.DataException;
import org.shardmean.jobs.Main;
import org.shardmean.run.ConfigurationException;
import org.shardmean.settings.Setting;
import org.shardmean.settings.TrainSettings;

class CommandLineJobsTest {
  @TempDir Path folder;

  @Test
  void theCommandLineGoesBeforeTheFileAndTheFileBeforeTheDefaults() throws IOException {
    Path file = write("my.properties", "epochs = 7\nseed = 9\n");
    Console console = Console.idle();

    ExitCode code = console.run("train", "--epochs", "3", "--config", file.toString());

    assertEquals(List.of(), console.errors());
    assertEquals(ExitCode.DONE, code);
    assertEquals(3, console.given().get(TrainSettings.EPOCHS));
    assertEquals(9, console.given().get(TrainSettings.SEED));
    assertEquals("mnist", console.given().get(TrainSettings.DATA));
  }

  @Test
  void theUsersDefaultsGoBeforeTheProgramsOwn() throws IOException {
    Files.createDirectories(folder.resolve("conf"));
    write("conf/defaults.properties", "epochs = 11\n");
    Console console =
        new Console(new SpyJob(() -> {}), Map.of("SHARDMEAN_HOME", folder.toString()));

    console.run("train");

    assertEquals(11, console.given().get(TrainSettings.EPOCHS));
    assertEquals(42, console.given().get(TrainSettings.SEED));
  }

  @Test
  void bothFormsOfAnOptionAreOneAndTheLastWins() {
    Console console = Console.idle();

    console.run(
        "train", "--epochs=3", "--epochs", "4", "--seed", "-5", "--reshuffle", "--overwrite=false");

    assertEquals(4, console.given().get(TrainSettings.EPOCHS));
    assertEquals(-5, console.given().get(TrainSettings.SEED));
    assertTrue(console.given().isOn(TrainSettings.RESHUFFLE));
    assertFalse(console.given().isOn(TrainSettings.OVERWRITE));
  }

  @Test
  void whatIsNotGivenAndHasNoDefaultStaysOpen() {
    Console console = Console.idle();

    console.run("train");

    assertEquals(Optional.empty(), console.given().find(TrainSettings.LEARNING_RATE));
    assertEquals(Optional.empty(), console.given().find(TrainSettings.WORKERS));
  }

  @Test
  void allProblemsAreSaidAtOnceAndNothingRuns() throws IOException {
    Path file = write("my.properties", "# comment\n\nlearning-rat = 0.1\nbatch-size = 0\n");
    Console console = Console.idle();

    ExitCode code =
        console.run(
            "train",
            "--epocs",
            "3",
            "--epochs=many",
            "--learning-rate",
            "--optimizer",
            "adm",
            "stray",
            "--master",
            "local[2]",
            "--validation=1.5",
            "--layers=784-x",
            "--data=generated:0",
            "--lang=fr",
            "--config",
            file.toString());

    assertEquals(ExitCode.CONFIGURATION, code);
    assertNull(console.given());
    assertEquals(
        List.of(
            "error: --epocs: unknown option, did you mean --epochs?; see deploy/submit train --help",
            "error: 'stray': expected an option, found a word; see deploy/submit train --help",
            "error: --master: Spark's option; with spark-submit it goes before the jar",
            "error: "
                + file
                + ", line 3: learning-rat: unknown setting, did you mean learning-rate?",
            "error: --data: expected a whole number of at least 1, found '0'",
            "error: --validation: expected 'test' or a share of the training examples above 0 and"
                + " below 1, such as 0.1, found 1.5",
            "error: --layers: expected whole numbers joined by '-', such as 784-128-64-10, found"
                + " 784-x",
            "error: --epochs: expected a whole number of at least 1, found 'many'",
            "error: "
                + file
                + ", line 4: batch-size: expected a whole number of at least 1, found '0'",
            "error: --optimizer: expected one of sgd, momentum, adam, found 'adm'; did you mean"
                + " adam?",
            "error: --learning-rate: expected a number above 0, such as 0.001, found nothing",
            "error: --lang: expected one of en, de, ja, found 'fr'"),
        console.errors());
  }

  @Test
  void aConfigFileThatIsNotThereIsAProblemOfItsOwn() {
    Console console = Console.idle();

    assertEquals(
        ExitCode.CONFIGURATION,
        console.run("train", "--config", folder + "/none", "--epochs", "0"));
    assertEquals(2, console.errors().size());
    assertTrue(
        console.errors().get(0).startsWith("error: " + folder + "/none: expected a readable file"));
  }

  @Test
  void anUnknownJobIsToldTheNearest() {
    Console console = Console.idle();

    assertEquals(ExitCode.CONFIGURATION, console.run("trian"));
    assertEquals(1, console.errors().size());
    assertTrue(
        console.errors().get(0).startsWith("error: 'trian': expected a job, one of train, "),
        console.errors().get(0));
    assertTrue(console.errors().get(0).contains("; did you mean train?"), console.errors().get(0));
  }

  @Test
  void withoutAJobHelpGoesToStandardError() {
    Console console = Console.idle();

    assertEquals(ExitCode.CONFIGURATION, console.run());
    assertEquals("", console.out());
    assertTrue(console.errors().get(0).startsWith("Usage: deploy/submit JOB"));
  }

  @Test
  void helpNamesEverySettingItsDefaultAndTheExitCodes() {
    Console console = Console.idle();

    assertEquals(ExitCode.DONE, console.run("train", "--epochs", "nonsense", "--help"));
    for (Setting<?> setting : TrainSettings.ALL) {
      assertTrue(console.out().matches("(?s).*\\s" + setting.option() + "\\s.*"), setting.name());
    }
    assertTrue(console.out().replaceAll("\\s+", " ").contains("Default: 5."), console.out());
    assertTrue(console.out().contains("Default: by --preset."), console.out());
    assertTrue(console.out().contains("\n  4         training failed"), console.out());
    assertFalse(console.out().contains("points of a grid failed"), "another job's");
    assertTrue(console.out().contains("\n  130, 143  stopped by Ctrl-C"), console.out());
    assertTrue(
        console.out().contains(" Default: data/mnist,$MNIST_HOME,../shared/mnist.\n"),
        "no name is broken in two");
    assertTrue(console.out().contains("deploy/submit train --epochs 3"), console.out());
  }

  /** A plan writes no run's folder, and nothing can be resumed. */
  @Test
  void helpOffersNoOptionThatTheJobDoesNotUse() {
    Console console = Console.idle();

    assertEquals(ExitCode.DONE, console.run("plan", "--help"));
    for (String option :
        List.of(
            "--out",
            "--resume",
            "--overwrite",
            "--checkpoint-every",
            "--patience",
            "--same-bits")) {
      assertFalse(console.out().matches("(?s).*\\s" + option + "\\s.*"), option);
    }
    assertEquals(ExitCode.CONFIGURATION, console.run("plan", "--resume", "runs/x"));
    assertTrue(console.errors().get(0).startsWith("error: --resume: unknown option"));
  }

  /** The rivals of a comparison train classifiers only. */
  @Test
  void aComparisonOffersNoTask() {
    Console console = Console.idle();

    assertEquals(ExitCode.DONE, console.run("compare", "--help"));
    assertFalse(console.out().contains("--task"), console.out());
    assertEquals(ExitCode.CONFIGURATION, console.run("compare", "--task", "autoencoder"));
    assertTrue(console.errors().get(0).startsWith("error: --task: unknown option"));
  }

  @Test
  void helpNamesOneDefaultOfAnOption() {
    for (Job job : Main.JOBS) {
      Console console = new Console(new SpyJob(() -> {}), Map.of());
      assertEquals(ExitCode.DONE, console.run(job.name(), "--help"));
      for (String option : console.out().replaceAll("\\s+", " ").split(" --(?=[a-z])", -1)) {
        assertTrue(
            option.indexOf("Default") == option.lastIndexOf("Default"),
            job.name() + " --" + option);
      }
    }
  }

  @Test
  void choicesAreNamedInASentenceOfTheirOwn() {
    Console console = Console.idle();

    assertEquals(ExitCode.DONE, console.run("train", "--help"));
    String words = console.out().replaceAll("\\s+", " ");
    assertTrue(words.contains("errors and help are English. One of: en, de, ja."), words);
  }

  @Test
  void whatStoppedAJobDecidesTheExitCode() {
    assertEquals(ExitCode.CONFIGURATION, codeOf(new ConfigurationException("x")));
    assertEquals(ExitCode.DATA, codeOf(new DataException("x")));
    assertEquals(ExitCode.FAILED, codeOf(new IOException("disk full")));
    assertEquals(
        ExitCode.DATA,
        codeOf(new RuntimeException("job aborted", new RuntimeException(new DataException("x")))));
  }

  @Test
  void anUnforeseenErrorIsOneLineUnlessTheTraceIsAskedFor() {
    SpyJob job =
        new SpyJob(
            () -> {
              throw new IOException("disk full\nand more");
            });
    Console quiet = new Console(job, Map.of());
    Console loud = new Console(job, Map.of());

    quiet.run("train");
    loud.run("train", "--stacktrace");

    assertEquals(
        List.of("error: IOException: disk full; run again with --stacktrace to see where"),
        quiet.errors());
    assertTrue(loud.errors().stream().anyMatch(line -> line.contains("CommandLineJobsTest.java")));
  }

  @Test
  void aClusterThatSparkGaveUpOnIsNamed() {
    SpyJob job =
        new SpyJob(
            () -> {
              throw new IllegalStateException("Cannot call methods on a stopped SparkContext.");
            });
    Console console = new Console(job, Map.of());

    assertEquals(ExitCode.FAILED, console.run("train"));
    assertEquals(
        List.of(
            "error: Spark stopped by itself, as said above; check --master and the cluster's log"),
        console.errors());
  }

  private static ExitCode codeOf(Exception thrown) {
    SpyJob job =
        new SpyJob(
            () -> {
              throw thrown;
            });
    return new Console(job, Map.of()).run("train");
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}
