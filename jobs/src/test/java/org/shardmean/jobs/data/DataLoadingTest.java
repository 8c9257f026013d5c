package org.shardmean.jobs.data;

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
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.data.DataException;
import org.shardmean.data.Dataset;
import org.shardmean.jobs.command.CommandLines;

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
    Dataset loaded = loading.load(CommandLines.given("--mnist-path", nowhere()));

    assertFalse(loaded.isMnist());
    assertEquals("generated:60000", loaded.origin());
    assertTrue(loaded.notices().get(0).endsWith("these are not MNIST's figures"));
    assertTrue(err.toString(UTF_8).startsWith("warning: MNIST is not available: "));
  }

  @Test
  void whatMeasuresMnistRefusesAnythingElse() {
    assertRefused(() -> loading.loadThat(CommandLines.given("--mnist-path", nowhere())));
  }

  private void assertRefused(Executable load) {
    DataException thrown = assertThrows(DataException.class, load);

    assertTrue(thrown.getMessage().startsWith("MNIST is not available: "), thrown.getMessage());
    assertEquals("", err.toString(UTF_8));
  }

  @Test
  void digitsToBeDrawnAreDrawnEitherWay() {
    Dataset loaded = loading.loadThat(CommandLines.given("--data=generated:600"));

    assertEquals(600, loaded.train().count());
    assertEquals(100, loaded.test().count());
    assertEquals(
        List.of("Digits drawn by the program: these are not MNIST's figures"), loaded.notices());
  }

  private String nowhere() {
    return folder.resolve("nowhere").toString();
  }
}
