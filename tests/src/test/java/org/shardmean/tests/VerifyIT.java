package org.shardmean.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.model.ModelOrigin;
import org.shardmean.model.SavedModel;

/** {@code verify}: a model is trained again from what it says of itself. */
class VerifyIT {
  /** Where one run is that several tests look at. */
  @TempDir private static Path shared;

  @TempDir Path folder;

  @BeforeAll
  static void train() throws Exception {
    Finished finished =
        new Launcher(shared)
            .run(
                "train",
                "--master=local[2]",
                "--data=generated:400",
                "--epochs=2",
                "--workers=3",
                "--layers=784-12-10",
                "--seed=7",
                "--validation=0.1",
                "--name=it's me",
                "--out=run");
    assertEquals(0, finished.exitCode(), finished.err());
  }

  @Test
  void theSameBitsOnAnotherNumberOfSlotsAreVerified() throws Exception {
    Finished finished = verify(model(), "--master=local[1]");

    assertEquals(0, finished.exitCode(), finished.err());
    assertTrue(
        finished.out().contains("Trains again: deploy/submit train --data generated:400"),
        finished.out());
    assertTrue(
        finished.out().contains("Verified: all 9,550 parameters are the same to the bit"),
        finished.out());
  }

  @Test
  void oneOtherBitIsTold() throws Exception {
    SavedModel model = read(model());
    float[] changed = model.parameters().clone();
    changed[5] = Math.nextUp(changed[5]);
    Path file = write(new SavedModel(model.spec(), changed, model.origin()));

    Finished finished = verify(file);

    assertEquals(7, finished.exitCode(), finished.err());
    assertTrue(finished.err().contains("found 1 of 9,550 that differ"), finished.err());
    assertEquals(1, finished.errors().size(), finished.err());
  }

  @Test
  void aModelThatCannotBeRepeatedIsRefusedBeforeTraining() throws Exception {
    SavedModel model = read(model());
    ModelOrigin origin = model.origin().orElseThrow();

    assertRefused("says where it comes from", verify(write(model.withOrigin(Optional.empty()))));
    assertRefused(
        "status interrupted",
        verify(
            write(
                model.withOrigin(
                    Optional.of(
                        new ModelOrigin(
                            "interrupted",
                            origin.command(),
                            origin.settings(),
                            origin.data(),
                            origin.dataChecksum(),
                            origin.metrics(),
                            origin.versions(),
                            Optional.empty()))))));
    assertRefused("checksum", verify(model(), "--data=generated:300"));
    assertRefused("nowhere.zip", verify(folder.resolve("nowhere.zip")));
    Finished without = new Launcher(folder).run("verify");
    assertEquals(2, without.exitCode(), without.err());
  }

  @Test
  void aRunThatWentOnIsVerifiedUnlessItBecameLonger() throws Exception {
    Launcher launcher = new Launcher(folder);
    Finished begun =
        launcher.run("train", "--data=generated:400", "--epochs=1", "--workers=2", "--out=run");
    assertEquals(0, begun.exitCode(), begun.err());
    Finished longer = launcher.run("train", "--resume=run", "--epochs=2");
    assertEquals(0, longer.exitCode(), longer.err());

    Path file = folder.resolve("run/model.zip");
    ModelOrigin.Parent parent = read(file).origin().orElseThrow().parent().orElseThrow();
    assertEquals(1, parent.epochs());
    assertRefused("began with 1 epoch and went on to 2", verify(file));
    Finished inspected = launcher.run("inspect", "--model=run/model.zip");
    assertTrue(inspected.out().contains("Went on from: a checkpoint"), inspected.out());
  }

  @Test
  void inspectShowsWhereAModelComesFromInEveryLanguage() throws Exception {
    Finished english = inspect("en");
    Finished german = inspect("de");
    Finished japanese = inspect("ja");

    assertTrue(english.out().contains("Command: deploy/submit train --data generated:400"));
    assertTrue(english.out().contains("Training ended: completed"), english.out());
    assertTrue(german.out().contains("Woher es kommt"), german.out());
    assertTrue(japanese.out().contains("モデルの由来"), japanese.out());
    String page = Files.readString(folder.resolve("de/inspect.html"));
    assertTrue(page.contains("Woher es kommt"), page);
    assertTrue(page.contains("it&#39;s me") || page.contains("it'\\''s me"), page);
  }

  private Finished inspect(String language) throws IOException, InterruptedException {
    Finished finished =
        new Launcher(folder)
            .with("LC_ALL", "C.UTF-8")
            .run(
                "inspect",
                "--model=" + model(),
                "--lang=" + language,
                "--out=" + folder.resolve(language));
    assertEquals(0, finished.exitCode(), finished.err());
    return finished;
  }

  private Finished verify(Path model, String... more) throws IOException, InterruptedException {
    String[] words = new String[more.length + 2];
    words[0] = "verify";
    words[1] = "--model=" + model;
    System.arraycopy(more, 0, words, 2, more.length);
    return new Launcher(folder).run(words);
  }

  private static void assertRefused(String words, Finished finished) {
    assertEquals(3, finished.exitCode(), finished.err());
    assertTrue(finished.err().contains(words), finished.err());
    assertEquals(1, finished.errors().size(), finished.err());
  }

  private static Path model() {
    return shared.resolve("run/model.zip");
  }

  private static SavedModel read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return SavedModel.read(in, file.toString());
    }
  }

  private Path write(SavedModel model) throws IOException {
    Path file = Files.createTempFile(folder, "model", ".zip");
    try (OutputStream out = Files.newOutputStream(file)) {
      model.write(out);
    }
    return file;
  }
}
