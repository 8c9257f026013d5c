package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistLocationTest {
  private static final Configuration CONFIGURATION = new Configuration(false);

  @TempDir private Path folder;

  @Test
  void theSearchPathIsLocalUnlessAnEntrySaysOtherwise() {
    List<org.apache.hadoop.fs.Path> folders =
        MnistLocation.searchPath(
            "data/mnist, $MNIST_HOME,$UNSET/mnist,$EMPTY,../shared/mnist,$STORE/mnist,/srv/mnist,",
            Path.of("/home/ada/shardmean"),
            Map.of("MNIST_HOME", "/data/my mnist", "EMPTY", "", "STORE", "hdfs://nn:8020/x")::get);

    assertEquals(
        List.of(
            "file:/home/ada/shardmean/data/mnist",
            "file:/data/my mnist",
            "file:/home/ada/shared/mnist",
            "hdfs://nn:8020/x/mnist",
            "file:/srv/mnist"),
        folders.stream().map(org.apache.hadoop.fs.Path::toString).toList());
  }

  @Test
  void theFirstCompleteFolderOfTheSearchPathIsLoaded() throws MnistUnavailableException {
    Path real = RealMnist.folder();
    MnistLocation location =
        new MnistLocation(
            List.of(LocalPath.of(folder.resolve("absent")), LocalPath.of(real)), Optional.empty());

    Dataset mnist = location.load(CONFIGURATION, DownloadListener.SILENT);

    assertTrue(mnist.isMnist());
  }

  @Test
  void otherDigitsUnderMnistsNamesAreRefused() {
    IdxBytes.writeFolder(folder, CorruptIdx.train(), CorruptIdx.test());
    MnistLocation location = new MnistLocation(List.of(LocalPath.of(folder)), Optional.empty());

    DataException refused =
        assertThrows(
            DataException.class, () -> location.load(CONFIGURATION, DownloadListener.SILENT));

    assertTrue(
        refused.getMessage().contains("expected the original MNIST files"), refused.getMessage());
  }

  @Test
  void aSpoiltFolderOfTheSearchPathIsNotPassedOver() {
    CorruptIdx.IMAGES_CUT_SHORT.writeTo(folder);
    MnistLocation location = new MnistLocation(List.of(LocalPath.of(folder)), Optional.empty());

    assertThrows(DataException.class, () -> location.load(CONFIGURATION, DownloadListener.SILENT));
  }

  @Test
  void withoutDownloadingItSaysWhereItLooked() {
    Path absent = folder.resolve("absent");
    MnistLocation location = new MnistLocation(List.of(LocalPath.of(absent)), Optional.empty());

    assertUnavailable(location, "one of [file:" + absent + "]", "downloading is switched off");
  }

  @Test
  void whatIsMissingIsDownloadedAndLoaded() throws IOException, MnistUnavailableException {
    Path real = RealMnist.folder();
    Path target = folder.resolve("data/mnist");
    Files.createDirectories(target);
    Path there = stored(real, MnistFile.TEST_LABELS);
    Files.copy(there, target.resolve(there.getFileName()));
    List<String> asked = new ArrayList<>();
    try (LoopbackServer server = new LoopbackServer()) {
      serve(server, "/mnist/", real);
      MnistLocation location =
          new MnistLocation(
              List.of(LocalPath.of(target)),
              Optional.of(download(target, server.address("/mnist/"))));

      Dataset mnist =
          location.load(
              CONFIGURATION,
              new DownloadListener() {
                @Override
                public void finished(URI from) {
                  asked.add(from.getPath());
                }
              });

      assertTrue(mnist.isMnist());
      assertEquals(
          List.of(
              "/mnist/train-images-idx3-ubyte.gz",
              "/mnist/train-labels-idx1-ubyte.gz",
              "/mnist/t10k-images-idx3-ubyte.gz"),
          asked);
      assertTrue(IdxFolder.isComplete(LocalPath.of(target), CONFIGURATION));
    }
  }

  @Test
  void aMirrorWithoutTheFilesLeavesNothingAndIsNamed() throws IOException {
    Path target = folder.resolve("data/mnist");
    try (LoopbackServer server = new LoopbackServer()) {
      server.answer("/", LoopbackServer.status(404));
      URI mirror = server.address("/mnist/");

      assertUnavailable(
          new MnistLocation(List.of(), Optional.of(download(target, mirror))),
          mirror + "train-images-idx3-ubyte.gz: HTTP status 404",
          "put them into " + target);
    }
    assertFalse(Files.exists(folder.resolve("data")), "a folder that was not there before");
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() {
    Path file = IdxBytes.write(folder, "file", new byte[1]);

    assertUnavailable(
        new MnistLocation(List.of(), Optional.of(MnistDownload.to(file.resolve("mnist")))),
        file.toString());
  }

  @Test
  void aMirrorThatIsNoWebFolderIsRefused() {
    for (String mirror : List.of("https://host/mnist", "ftp://host/mnist/", "mnist/")) {
      assertThrows(
          IllegalArgumentException.class, () -> download(folder, URI.create(mirror)), mirror);
    }
  }

  private static void serve(LoopbackServer server, String at, Path real) throws IOException {
    for (MnistFile file : MnistFile.values()) {
      byte[] bytes = Files.readAllBytes(stored(real, file));
      server.answer(at + file.gzipName(), LoopbackServer.bytes(bytes));
    }
  }

  private static Path stored(Path real, MnistFile file) {
    Path gzip = real.resolve(file.gzipName());
    return Files.exists(gzip) ? gzip : real.resolve(file.fileName());
  }

  private static MnistDownload download(Path target, URI... mirrors) {
    return new MnistDownload(
        target, List.of(mirrors), new DownloadLimits(minute(), minute(), minute(), 2, 1 << 26));
  }

  private static Duration minute() {
    return Duration.ofMinutes(1);
  }

  private static void assertUnavailable(MnistLocation location, String... words) {
    MnistUnavailableException unavailable =
        assertThrows(
            MnistUnavailableException.class,
            () -> location.load(CONFIGURATION, DownloadListener.SILENT));

    assertFalse(unavailable.getMessage().contains("\n"), unavailable.getMessage());
    for (String expected : words) {
      assertTrue(unavailable.getMessage().contains(expected), unavailable.getMessage());
    }
  }
}
