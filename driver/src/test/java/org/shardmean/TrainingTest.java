package org.shardmean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.shardmean.data.Dataset;
import org.shardmean.data.ImageSet;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.Validation;
import org.shardmean.settings.ResolvedRun;
import org.shardmean.settings.TrainSettings;
import org.shardmean.train.Optimizer;

/** What a Java program may ask for; nothing is trained here. */
class TrainingTest {
  private static final Training DIGITS = Training.of(Dataset.generated(1000, 1));

  @Test
  void whatIsGivenIsTakenAndTheRestIsDerived() {
    ResolvedRun run =
        DIGITS
            .layers(784, 30, 10)
            .workers(4)
            .epochs(3)
            .seed(7)
            .set("batch-size", "32")
            .set(TrainSettings.OPTIMIZER, Optimizer.SGD)
            .resolve(2);

    assertEquals(List.of(784, 30, 10), run.config().model().layers());
    assertEquals(4, run.config().averaging().workers());
    assertEquals(3, run.config().epochs());
    assertEquals(7, run.config().seed());
    assertEquals(32, run.config().local().batchSize());
    assertEquals(Optimizer.SGD, run.config().local().optimizer());
    assertEquals("generated:1000", run.config().data());
    assertEquals(
        List.of("initial-weights", "learning-rate", "schedule"),
        run.reasons().stream().map(line -> line.replaceAll(" = .*", "")).limit(3).toList());
  }

  @Test
  void aTrainingIsNotChangedByTheNextOne() {
    Training three = DIGITS.epochs(3);
    Training four = three.epochs(4);

    assertEquals(3, three.resolve(2).config().epochs());
    assertEquals(4, four.resolve(2).config().epochs());
    assertNotEquals(3, DIGITS.resolve(2).config().epochs());
  }

  @Test
  void workersFollowTheSlots() {
    ResolvedRun run = DIGITS.set("preset", "accuracy").resolve(6);

    assertEquals(1, DIGITS.resolve(6).config().averaging().workers(), "few images need one");
    assertEquals(6, run.config().averaging().workers());
    assertEquals(
        List.of("workers = 6: task slots"),
        run.reasons().stream().filter(line -> line.startsWith("workers")).toList());
  }

  @Test
  void textsThatCannotBeReadAreSaidAllAtOnce() {
    ConfigurationException thrown =
        assertThrows(
            ConfigurationException.class,
            () ->
                DIGITS
                    .set("epochs", "many")
                    .set("learning-rate", "NaN")
                    .set("label-smoothing", "Infinity")
                    .workers(0)
                    .resolve(2));

    assertEquals(
        List.of(
            "epochs: expected a whole number of at least 1, found 'many'",
            "learning-rate: expected a number above 0, such as 0.001, found 'NaN'",
            "label-smoothing: expected a number from 0 up to, not including, 1, found 'Infinity'",
            "workers: expected a whole number of at least 1, found '0'"),
        thrown.problems());
  }

  @Test
  void settingsThatDoNotFitTheDataAreSaidAllAtOnce() {
    ConfigurationException thrown =
        assertThrows(
            ConfigurationException.class,
            () -> DIGITS.layers(700, 9).workers(20).batchSize(25).roundsPerEpoch(3).resolve(2));

    assertEquals(
        List.of("layers", "layers", "rounds-per-epoch"),
        thrown.problems().stream().map(line -> line.replaceAll(":.*", "")).toList());
  }

  @Test
  void aNameThatIsNoSettingIsRefusedWithTheNearest() {
    ConfigurationException thrown =
        assertThrows(ConfigurationException.class, () -> DIGITS.set("bath-size", "32"));

    assertEquals(
        List.of("bath-size: unknown setting, did you mean batch-size?"), thrown.problems());
  }

  @Test
  void aHeldOutPartThatLeavesNothingIsRefused() {
    Dataset two =
        Dataset.of(
            "two",
            ImageSet.of(1, 1, 2, new byte[][] {{0}, {1}}, new int[] {0, 1}),
            ImageSet.of(1, 1, 2, new byte[][] {{0}, {1}}, new int[] {0, 1}));

    ConfigurationException thrown =
        assertThrows(
            ConfigurationException.class,
            () -> Training.of(two).validation(new Validation(0.1)).resolve(1));

    assertEquals(
        List.of(
            "validation: validation fraction 0.1 of 2 training images holds out 0; each part needs"
                + " at least one"),
        thrown.problems());
  }
}
