package org.shardmean.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckedDownloadTest {
  private static final byte[] WANTED = "seven, two, one, zero, four".repeat(1000).getBytes(UTF_8);
  private static final byte[] GZIP = IdxBytes.gzip(WANTED);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final DownloadLimits PATIENT = new DownloadLimits(LONG, LONG, LONG, 3, 100_000);

  @TempDir private Path folder;
  private LoopbackServer server;

  /** Writes down what it is told. */
  private static final class Notes implements DownloadListener {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void started(URI from, OptionalLong bytes) {
      lines.add("started " + from.getPath() + " " + bytes.orElse(-1));
    }

    @Override
    public void received(URI from, long bytes) {
      lines.removeIf(line -> line.startsWith("received " + from.getPath()));
      lines.add("received " + from.getPath() + " " + bytes);
    }

    @Override
    public void finished(URI from) {
      lines.add("finished " + from.getPath());
    }

    @Override
    public void failed(URI from, String reason) {
      lines.add("failed " + from.getPath() + " " + reason);
    }
  }

  @BeforeEach
  void startServer() throws IOException {
    server = new LoopbackServer();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void aSoundFileArrivesAndItsProgressIsTold() throws IOException {
    Notes notes = new Notes();
    server.answer("/good", LoopbackServer.bytes(GZIP));

    fetch(PATIENT, notes, "/good");

    assertArrived(GZIP);
    assertEquals(
        List.of("started /good " + GZIP.length, "received /good " + GZIP.length, "finished /good"),
        notes.lines);
  }

  @Test
  void aFileThatIsNotCompressedArrivesToo() throws IOException {
    server.answer("/plain", LoopbackServer.chunked(WANTED));

    fetch(PATIENT, "/plain");

    assertArrived(WANTED);
  }

  @Test
  void anOlderFileIsReplaced() throws IOException {
    Files.write(place(), new byte[] {1});
    server.answer("/good", LoopbackServer.bytes(GZIP));

    fetch(PATIENT, "/good");

    assertArrived(GZIP);
  }

  @Test
  void aRedirectIsFollowed() throws IOException {
    server.answer("/good", LoopbackServer.bytes(GZIP));
    server.answer("/moved", LoopbackServer.redirect(server.address("/good")));

    fetch(PATIENT, "/moved");

    assertArrived(GZIP);
  }

  @Test
  void theNextMirrorIsAskedWhereTheFirstHasNothing() throws IOException {
    Notes notes = new Notes();
    server.answer("/absent", LoopbackServer.status(404));
    server.answer("/good", LoopbackServer.bytes(GZIP));

    fetch(PATIENT, notes, "/absent", "/good");

    assertArrived(GZIP);
    assertEquals("failed /absent HTTP status 404", notes.lines.get(0));
  }

  @Test
  void aCutConnectionIsTriedAgain() throws IOException {
    server.answer("/flaky", LoopbackServer.cut(GZIP), LoopbackServer.bytes(GZIP));

    fetch(PATIENT, "/flaky");

    assertArrived(GZIP);
    assertEquals(2, server.requests());
  }

  @Test
  void aServerInTroubleIsTriedAgain() throws IOException {
    server.answer("/busy", LoopbackServer.status(503), LoopbackServer.bytes(GZIP));

    fetch(PATIENT, "/busy");

    assertArrived(GZIP);
  }

  @Test
  void aConnectionThatIsCutEveryTimeIsGivenUp() throws IOException {
    server.answer("/flaky", LoopbackServer.cut(GZIP));

    assertFails(PATIENT, "connection was cut", "/flaky");

    assertEquals(3, server.requests());
  }

  @Test
  void otherBytesThanTheWantedAreRefusedAndNotAskedForAgain() throws IOException {
    byte[] other = WANTED.clone();
    other[5]++;
    server.answer("/other", LoopbackServer.bytes(IdxBytes.gzip(other)));

    assertFails(PATIENT, "expected SHA-256 " + sha256(WANTED), "/other");

    assertEquals(1, server.requests());
  }

  @Test
  void aSpoiltGzipIsRefused() throws IOException {
    byte[] spoilt = GZIP.clone();
    spoilt[spoilt.length - 8]++;
    server.answer("/spoilt", LoopbackServer.bytes(spoilt));

    assertFails(PATIENT, "expected valid gzip data", "/spoilt");
  }

  @Test
  void aGzipThatInflatesPastTheWantedSizeIsRefused() throws IOException {
    server.answer("/bomb", LoopbackServer.bytes(IdxBytes.gzip(Arrays.copyOf(WANTED, 1 << 26))));

    assertFails(PATIENT, "expected the end", "/bomb");
  }

  @Test
  void moreThanTheCapIsRefusedBeforeItIsSent() throws IOException {
    server.answer("/large", LoopbackServer.bytes(new byte[100_001]));

    assertFails(PATIENT, "more than the 100000 bytes allowed", "/large");

    assertEquals(1, server.requests());
  }

  @Test
  void moreThanTheCapIsRefusedWhereNoLengthIsPromised() throws IOException {
    server.answer("/large", LoopbackServer.chunked(new byte[1 << 20]));

    assertFails(PATIENT, "more than the 100000 bytes allowed", "/large");

    assertEquals(1, server.requests());
  }

  @Test
  void aServerThatSaysNothingIsGivenUp() throws IOException {
    server.answer("/silent", server.silence());

    assertFails(new DownloadLimits(SHORT, SHORT, LONG, 2, 100_000), "no answer for", "/silent");

    assertEquals(2, server.requests());
  }

  @Test
  void aServerThatStallsIsGivenUp() throws IOException {
    server.answer("/stalled", server.stall(GZIP));

    assertFails(
        new DownloadLimits(LONG, SHORT, LONG, 1, 100_000), "nothing arrived for", "/stalled");
  }

  @Test
  void aServerThatTricklesIsGivenUp() throws IOException {
    server.answer("/slow", server.trickle());

    assertFails(new DownloadLimits(LONG, LONG, SHORT, 1, 100_000), "not done within", "/slow");
  }

  @Test
  void whereNobodyListensIsAskedOnce() throws IOException {
    Notes notes = new Notes();
    URI nobody;
    try (LoopbackServer gone = new LoopbackServer()) {
      nobody = gone.address("/x");
    }

    IOException failure = assertThrows(IOException.class, () -> fetch(PATIENT, notes, nobody));

    assertTrue(failure.getMessage().contains(nobody + ": no connection"), failure.getMessage());
    assertEquals(List.of("failed /x no connection"), notes.lines);
    assertNothingLeft();
  }

  @Test
  void everyMirrorsReasonIsTold() throws IOException {
    server.answer("/absent", LoopbackServer.status(404));
    server.answer("/forbidden", LoopbackServer.status(403));

    assertFails(PATIENT, "/absent: HTTP status 404, http://", "/absent", "/forbidden");
  }

  @Test
  void anInterruptEndsItAtOnce() throws IOException {
    server.answer("/silent", server.silence());

    Thread.currentThread().interrupt();
    IOException failure = assertThrows(IOException.class, () -> fetch(PATIENT, "/silent"));

    assertTrue(Thread.interrupted());
    assertEquals(InterruptedIOException.class, failure.getClass());
    assertNothingLeft();
  }

  private void assertFails(DownloadLimits limits, String words, String... paths)
      throws IOException {
    IOException failure = assertThrows(IOException.class, () -> fetch(limits, paths));

    assertTrue(failure.getMessage().contains(words), failure.getMessage());
    assertFalse(failure.getMessage().contains("\n"), failure.getMessage());
    assertTrue(
        failure.getMessage().contains(server.address(paths[0]).toString()), failure.getMessage());
    assertNothingLeft();
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  private void assertArrived(byte[] bytes) throws IOException {
    assertArrayEquals(bytes, Files.readAllBytes(place()));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(place()), left.toList());
    }
  }

  private void fetch(DownloadLimits limits, String... paths) throws IOException {
    fetch(limits, DownloadListener.SILENT, paths);
  }

  private void fetch(DownloadLimits limits, DownloadListener listener, String... paths)
      throws IOException {
    fetch(limits, listener, Arrays.stream(paths).map(server::address).toArray(URI[]::new));
  }

  private void fetch(DownloadLimits limits, DownloadListener listener, URI... addresses)
      throws IOException {
    new CheckedDownload(limits, listener)
        .fetch(List.of(addresses), place(), WANTED.length, sha256(WANTED));
  }

  private Path place() {
    return folder.resolve("wanted.gz");
  }

  private static String sha256(byte[] bytes) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(bytes);
    return Sha256.hex(digest);
  }
}
