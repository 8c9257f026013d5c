package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxReaderTest {
  private static final Configuration CONFIGURATION = new Configuration(false);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "5,28,28,10", "300,3,7,256", "40,1,65535,26", "33000,2,1,10"})
  void whatIsWrittenIsReadPlainAndGzip(int count, int height, int width, int classes) {
    ImageSet written = IdxBytes.digits(count, height, width, classes);
    byte[] images = IdxBytes.images(written);
    byte[] labels = IdxBytes.labels(written);
    int greatest = Math.min(count, classes);

    ImageSet plain = read(images, labels);
    ImageSet gzip = read(IdxBytes.gzip(images), IdxBytes.gzip(labels));

    assertEquals(greatest, plain.classes());
    assertEquals(plain, gzip);
    assertEquals(
        written, IdxReader.read(hadoop("images"), hadoop("labels"), classes, CONFIGURATION));
  }

  @Test
  void gzipInSeveralMembersIsReadAsOne() {
    ImageSet written = IdxBytes.digits(5, 4, 4, 3);
    byte[] images = IdxBytes.images(written);
    byte[] first = IdxBytes.gzip(Arrays.copyOf(images, 21));
    byte[] second = IdxBytes.gzip(Arrays.copyOfRange(images, 21, images.length));
    byte[] both = ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();

    assertEquals(written, read(both, IdxBytes.labels(written)));
  }

  @Test
  void imagesAreReadWithoutLabels() {
    ImageSet written = IdxBytes.digits(5, 4, 4, 3);
    IdxBytes.write(folder, "images", IdxBytes.gzip(IdxBytes.images(written)));

    ImageSet read = IdxReader.readImages(hadoop("images"), CONFIGURATION);

    assertEquals(5, read.count());
    assertEquals(1, read.classes());
    for (int i = 0; i < 5; i++) {
      assertArrayEquals(written.image(i), read.image(i));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFaultIsOneLineWithFileExpectationFindingAndRemedy(CorruptIdx corrupt) {
    corrupt.writeTo(folder);

    DataException fault =
        assertThrows(DataException.class, () -> IdxFolder.load(hadoop(""), CONFIGURATION));

    assertTellsAll(fault.getMessage());
    assertTrue(fault.getMessage().contains(corrupt.spoiltName()), fault.getMessage());
    int from = 0;
    for (String words : corrupt.message()) {
      int at = fault.getMessage().indexOf(words, from);
      assertTrue(at >= 0, "'%s' in: %s".formatted(words, fault.getMessage()));
      from = at;
    }
  }

  @Test
  void theCorpusIsSoundButForItsFaults() {
    IdxBytes.writeFolder(folder, CorruptIdx.train(), CorruptIdx.test());

    Dataset dataset = IdxFolder.load(hadoop(""), CONFIGURATION);

    assertEquals(CorruptIdx.train(), dataset.train());
    assertEquals(CorruptIdx.test(), dataset.test());
  }

  @Test
  void moreThanTheHeapTakesIsRefusedBeforeItIsRead() throws IOException {
    int pixels = 255 * 257;
    int count = (int) (Runtime.getRuntime().maxMemory() / pixels) + 1;
    byte[] header =
        ByteBuffer.allocate(16).putInt(0x803).putInt(count).putInt(255).putInt(257).array();
    try (RandomAccessFile sparse = new RandomAccessFile(folder.resolve("images").toFile(), "rw")) {
      sparse.write(header);
      sparse.setLength(16L + (long) count * pixels);
    }

    DataException fault =
        assertThrows(
            DataException.class, () -> IdxReader.readImages(hadoop("images"), CONFIGURATION));

    assertTellsAll(fault.getMessage());
    assertTrue(fault.getMessage().contains("spark.driver.memory"), fault.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 257})
  void noSuchNumberOfClassesIsAccepted(int classes) {
    assertThrows(
        IllegalArgumentException.class,
        () -> IdxReader.read(hadoop("images"), hadoop("labels"), classes, CONFIGURATION));
  }

  @Test
  void aMissingFileIsNamed() {
    assertFault("absent", CONFIGURATION, "absent: expected a file, found nothing there");
  }

  @Test
  void aLinkThatLeadsNowhereIsNamed() throws IOException {
    Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nowhere"));

    assertFault("dangling", CONFIGURATION, "dangling: expected a file, found nothing");
  }

  @Test
  void aFolderWhereAFileShouldBeIsNamed() throws IOException {
    Files.createDirectory(folder.resolve("images"));

    assertFault("images", CONFIGURATION, "images: expected a file, found a folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"denied:///images", "locked:///images"})
  void aFileThatMayNotBeReadIsNamed(String path) {
    assertFault(
        path,
        DeniedFileSystem.configuration(),
        "images: expected a readable file, found that permission is denied");
  }

  @Test
  void anUnknownFileSystemIsNamed() {
    assertFault("nosuch://host/images", CONFIGURATION, "No FileSystem for scheme \"nosuch\"");
  }

  @Test
  void aFileSystemWithoutItsConnectorIsNamed() {
    Configuration configuration = new Configuration(false);
    configuration.set("fs.bucket.impl", "org.example.NoSuchFileSystem");

    assertFault("bucket://host/images", configuration, "org.example.NoSuchFileSystem not found");
  }

  private void assertFault(String path, Configuration configuration, String words) {
    DataException fault =
        assertThrows(
            DataException.class,
            () ->
                IdxReader.readImages(
                    path.contains(":") ? new org.apache.hadoop.fs.Path(path) : hadoop(path),
                    configuration));

    assertTellsAll(fault.getMessage());
    assertTrue(fault.getMessage().contains(words), fault.getMessage());
  }

  private static void assertTellsAll(String message) {
    assertFalse(message.contains("\n"), message);
    assertTrue(message.matches(".+: .*expected .+, found .+; .+"), message);
  }

  private ImageSet read(byte[] images, byte[] labels) {
    IdxBytes.write(folder, "images", images);
    IdxBytes.write(folder, "labels", labels);
    return IdxReader.read(hadoop("images"), hadoop("labels"), CONFIGURATION);
  }

  private org.apache.hadoop.fs.Path hadoop(String name) {
    return LocalPath.of(folder.resolve(name));
  }
}
