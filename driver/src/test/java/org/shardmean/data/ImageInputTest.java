package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageInputTest {
  private static final byte[] PNG = PngFile.of(1, 1, 8, PngFile.GREY, new byte[1]);

  @TempDir Path folder;

  @Test
  void ofAFolderThePngFilesInOrderOfName() throws Exception {
    IdxBytes.write(folder, "b.png", PNG);
    IdxBytes.write(folder, "a.PNG", PNG);
    IdxBytes.write(folder, ".hidden.png", PNG);
    IdxBytes.write(folder, "notes.txt", new byte[1]);
    Files.createDirectory(folder.resolve("c.png"));

    ImageInput.Pngs pngs = (ImageInput.Pngs) find(folder);

    assertEquals(
        List.of("a.PNG", "b.png"),
        pngs.files().stream().map(org.apache.hadoop.fs.Path::getName).toList());
  }

  @Test
  void aPngIsToldByHowItBeginsAndNotByItsName() {
    Path png = IdxBytes.write(folder, "digit", PNG);
    Path idx = IdxBytes.write(folder, "digits.png", IdxBytes.images(IdxBytes.digits(1, 2, 2, 1)));

    assertEquals(
        List.of(new org.apache.hadoop.fs.Path(png.toString())),
        ((ImageInput.Pngs) find(png)).files());
    assertEquals(new ImageInput.Idx(new org.apache.hadoop.fs.Path(idx.toString())), find(idx));
  }

  @Test
  void aFolderWithoutPngFilesIsRefused() {
    assertFault(
        folder, ": expected PNG files, found none in this folder; name a folder that holds some");
  }

  @Test
  void nothingIsRefused() {
    assertFault(folder.resolve("no"), "no: expected a file, found nothing there; check the path");
  }

  @Test
  void whatIsNoPathIsRefused() {
    assertTrue(
        assertThrows(DataException.class, () -> ImageInput.find("", new Configuration()))
            .getMessage()
            .startsWith("'': expected a path, found "));
  }

  private static void assertFault(Path path, String end) {
    String message = assertThrows(DataException.class, () -> find(path)).getMessage();
    assertTrue(message.endsWith(end), message);
  }

  private static ImageInput find(Path path) {
    return ImageInput.find(path.toString(), new Configuration());
  }
}
