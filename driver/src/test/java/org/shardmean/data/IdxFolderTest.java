package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFolderTest {
  private static final Configuration CONFIGURATION = new Configuration(false);

  @TempDir private Path parent;

  @Test
  void aFolderOfAnySizeAndClassesIsLoadedUnderItsName() {
    Path folder = parent.resolve("letters");
    ImageSet train = IdxBytes.digits(60, 9, 4, 47);
    ImageSet test = IdxBytes.digits(10, 9, 4, 47);
    IdxBytes.writeFolder(folder, train, test);

    Dataset dataset = IdxFolder.load(folder.toString(), CONFIGURATION);

    assertEquals("letters", dataset.name());
    assertFalse(dataset.isMnist());
    assertEquals(train, dataset.train());
    assertEquals(test, dataset.test());
  }

  @Test
  void plainAndGzipMayStandSideBySide() throws IOException {
    IdxBytes.writeFolder(parent, CorruptIdx.train(), CorruptIdx.test());
    Files.delete(parent.resolve("train-images-idx3-ubyte"));
    IdxBytes.write(
        parent, "train-images-idx3-ubyte.gz", IdxBytes.gzip(IdxBytes.images(CorruptIdx.train())));
    IdxBytes.write(parent, "t10k-images-idx3-ubyte.gz", new byte[] {1, 2, 3});

    Dataset dataset = IdxFolder.load(LocalPath.of(parent), CONFIGURATION);

    assertEquals(CorruptIdx.train(), dataset.train());
    assertTrue(IdxFolder.isComplete(LocalPath.of(parent), CONFIGURATION));
  }

  @Test
  void gzipIsToldByItsBytesNotByItsName() throws IOException {
    IdxBytes.writeFolder(parent, CorruptIdx.train(), CorruptIdx.test());
    Files.move(
        parent.resolve("train-images-idx3-ubyte"), parent.resolve("train-images-idx3-ubyte.gz"));
    IdxBytes.write(
        parent, "train-labels-idx1-ubyte", IdxBytes.gzip(IdxBytes.labels(CorruptIdx.train())));

    assertEquals(CorruptIdx.train(), IdxFolder.load(LocalPath.of(parent), CONFIGURATION).train());
  }

  @Test
  void everyMissingFileIsNamedAndWhatIsThere() throws IOException {
    IdxBytes.writeFolder(parent, CorruptIdx.train(), CorruptIdx.test());
    Files.delete(parent.resolve("train-labels-idx1-ubyte"));
    Files.delete(parent.resolve("t10k-images-idx3-ubyte"));

    assertFault(
        parent.toString(),
        "expected train-labels-idx1-ubyte, t10k-images-idx3-ubyte (each plain or with .gz), found"
            + " only t10k-labels-idx1-ubyte, train-images-idx3-ubyte; put the missing files there");
    assertFalse(IdxFolder.isComplete(LocalPath.of(parent), CONFIGURATION));
  }

  @Test
  void aFolderWhereAFileShouldBeIsNamed() throws IOException {
    IdxBytes.writeFolder(parent, CorruptIdx.train(), CorruptIdx.test());
    Files.delete(parent.resolve("t10k-images-idx3-ubyte"));
    Files.createDirectory(parent.resolve("t10k-images-idx3-ubyte"));

    assertFault(parent.toString(), "t10k-images-idx3-ubyte: expected a file, found a folder");
  }

  @Test
  void aFileWhereTheFolderShouldBeIsNamed() {
    Path file = IdxBytes.write(parent, "data.idx", new byte[9]);

    assertFault(
        file.toString(),
        "t10k-labels-idx1-ubyte (each plain or with .gz), found a file; give the folder that holds it");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertFault(
        parent.resolve("absent").toString(),
        "absent: expected a folder with train-images-idx3-ubyte, ");
  }

  @Test
  void anAddressThatIsNoPathIsNamed() {
    assertFault("", "'': expected the path of a folder");
    assertFault("nosuch://host/folder", "No FileSystem for scheme \"nosuch\"");
  }

  @Test
  void testImagesOfAnotherSizeAreRefused() {
    IdxBytes.writeFolder(parent, IdxBytes.digits(20, 28, 28, 10), IdxBytes.digits(20, 20, 28, 10));

    assertFault(parent.toString(), "training images' size 28x28, found 20x28");
  }

  @Test
  void aTestSetWithoutTheLastClassesStillHasTheTrainingClasses() {
    IdxBytes.writeFolder(parent, IdxBytes.digits(20, 3, 3, 10), IdxBytes.digits(5, 3, 3, 5));

    assertEquals(10, IdxFolder.load(parent.toString(), CONFIGURATION).test().classes());
  }

  private static void assertFault(String folder, String words) {
    DataException fault =
        assertThrows(DataException.class, () -> IdxFolder.load(folder, CONFIGURATION));

    assertTrue(fault.getMessage().contains(words), fault.getMessage());
    assertFalse(fault.getMessage().contains("\n"), fault.getMessage());
  }
}
