package org.shardmean.jobs.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DownloadProgressTest {
  private static final URI FROM = URI.create("https://example.org/mnist/a.gz");

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void onATerminalTheBarGrowsOncePerPercent() {
    DownloadProgress progress = progress(true);

    progress.started(FROM, OptionalLong.of(1000));
    progress.received(FROM, 500);
    progress.received(FROM, 501);
    progress.received(FROM, 1000);
    progress.finished(FROM);

    assertEquals(
        List.of(
            "Downloading https://example.org/mnist/a.gz",
            "",
            "==========..........  50%",
            "==================== 100%"),
        written.toString(US_ASCII).lines().toList());
  }

  @Test
  void elsewhereItSaysWhereFromAndWhatFailed() {
    DownloadProgress progress = progress(false);

    progress.started(FROM, OptionalLong.empty());
    progress.received(FROM, 500);
    progress.failed(FROM, "cut short");
    progress.started(FROM, OptionalLong.empty());

    assertEquals(
        List.of("Downloading " + FROM, FROM + ": cut short", "Downloading " + FROM),
        written.toString(US_ASCII).lines().toList());
  }

  /** The error that ends the download names each address with its reason. */
  @Test
  void aFailureThatNothingFollowsIsLeftToTheError() {
    DownloadProgress progress = progress(false);

    progress.failed(FROM, "no connection");

    assertEquals("", written.toString(US_ASCII));
  }

  private DownloadProgress progress(boolean live) {
    return new DownloadProgress(new PrintStream(written, true, US_ASCII), US_ASCII, live);
  }
}
