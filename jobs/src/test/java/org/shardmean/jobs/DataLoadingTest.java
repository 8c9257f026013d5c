package org.shardmean.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.data.DataException;

/** Where MNIST is nowhere, and cannot be downloaded, because there is no folder to put it into. */
class DataLoadingTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private DataLoading loading;

  @BeforeEach
  void putAFileWhereMnistWouldGo() throws IOException {
    Path home = Files.writeString(folder.resolve("home"), "a file, not a folder");
    loading =
        new DataLoading(
            new Configuration(),
            Map.of("SHARDMEAN_HOME", home.toString()),
            new PrintStream(err, true, UTF_8));
  }

  @Test
  void aTrainingGoesOnWithDrawnDigitsAndSaysSo() {
    DataLoading.Loaded loaded = loading.load("mnist", nowhere(), 1);

    assertFalse(loaded.dataset().isMnist());
    assertEquals("generated:60000", loaded.option());
    assertTrue(loaded.notice().orElseThrow().endsWith("these are not MNIST's figures"));
    assertTrue(err.toString(UTF_8).startsWith("warning: MNIST cannot be had: "));
  }

  @Test
  void whatMeasuresMnistRefusesAnythingElse() {
    assertRefused(() -> loading.loadThat("mnist", nowhere(), 1));
  }

  @Test
  void aStudyRefusesAnythingElse() {
    assertRefused(() -> StudyJob.load(CommandLines.given("--mnist-path", nowhere()), loading));
  }

  private void assertRefused(Executable load) {
    DataException thrown = assertThrows(DataException.class, load);

    assertTrue(thrown.getMessage().startsWith("MNIST cannot be had: "), thrown.getMessage());
    assertEquals("", err.toString(UTF_8));
  }

  @Test
  void digitsToBeDrawnAreDrawnEitherWay() {
    DataLoading.Loaded loaded = loading.loadThat("generated:600", nowhere(), 1);

    assertEquals(600, loaded.dataset().train().count());
    assertEquals(100, loaded.dataset().test().count());
    assertEquals(
        Optional.of("Digits drawn by the program: these are not MNIST's figures"), loaded.notice());
  }

  private String nowhere() {
    return folder.resolve("nowhere").toString();
  }
}
