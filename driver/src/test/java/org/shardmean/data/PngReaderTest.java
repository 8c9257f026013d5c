package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngReaderTest {
  private static final int SIZE = 28;
  private static final GreyImage DIGIT =
      GreyImage.of(new GeneratedExamples(1, 42, false).select(new int[] {0}), 0);

  @Property(tries = 100)
  void greyImagesOfTheWantedSizeAreReadAsTheyAre(@ForAll @Size(9) byte[] middle) {
    byte[] pixels = inTheMiddle(middle);
    assertEquals(
        new GreyImage(pixels, 5, 5), new PngReader(5, 5).read(grey(5, 5, pixels), "image"));
  }

  @Property(tries = 100)
  void darkInkOnLightPaperIsReadAsItsNegative(@ForAll @Size(9) byte[] middle) {
    GreyImage image = new GreyImage(inTheMiddle(middle), 5, 5);
    assertEquals(image, new PngReader(5, 5).read(grey(5, 5, image.inverted().pixels()), "image"));
  }

  @Test
  void anotherSizeIsAveragedWithItsShapeKept() {
    byte[] pixels = new byte[4 * 8];
    Arrays.fill(pixels, 9, 15, (byte) 200);
    GreyImage image = new GreyImage(pixels, 4, 8);
    assertEquals(image.fitted(28, 28), new PngReader(28, 28).read(grey(8, 4, pixels), "image"));
  }

  @Test
  void coloursBecomeTheirLuminance() {
    byte[] pixels = new byte[3 * 3 * 3];
    pixels[12] = (byte) 200;
    pixels[13] = 100;
    pixels[14] = 50;
    // 0.299 * 200 + 0.587 * 100 + 0.114 * 50 = 124.2
    assertMiddle(124, PngFile.of(3, 3, 8, PngFile.RGB, pixels));
  }

  @Test
  void transparentPlacesAreWhitePaper() {
    byte[] pixels = new byte[3 * 3 * 4];
    // Black ink at 200 of 255 in the middle: the paper's 255 shines through to 55, inverted 200.
    pixels[4 * 4 + 3] = (byte) 200;
    assertMiddle(200, PngFile.of(3, 3, 8, PngFile.RGB_ALPHA, pixels));
  }

  @Test
  void greyWithAlphaIsReadWithoutBrightening() {
    byte[] pixels = new byte[3 * 3 * 2];
    for (int p = 1; p < pixels.length; p += 2) {
      pixels[p] = (byte) 255;
    }
    pixels[4 * 2] = 100;
    assertMiddle(100, PngFile.of(3, 3, 8, PngFile.GREY_ALPHA, pixels));
    pixels[4 * 2 + 1] = 51;
    // A fifth of 100 and four fifths of 255.
    assertMiddle(224, PngFile.of(3, 3, 8, PngFile.GREY_ALPHA, pixels));
  }

  @Test
  void sixteenBitsAreReadAsTheirHigherEight() {
    byte[] pixels = new byte[3 * 3 * 2];
    pixels[8] = 77;
    pixels[9] = (byte) 255;
    assertMiddle(77, PngFile.of(3, 3, 16, PngFile.GREY, pixels));
  }

  @Test
  void oneBitIsBlackOrWhite() {
    assertMiddle(255, PngFile.of(3, 3, 1, PngFile.GREY, new byte[] {0, 0b0100_0000, 0}));
  }

  @Test
  void twoAndFourBitsAreSpreadOverTheWholeRange() {
    assertMiddle(170, PngFile.of(3, 3, 2, PngFile.GREY, new byte[] {0, 0b0010_0000, 0}));
    assertMiddle(119, PngFile.of(3, 3, 4, PngFile.GREY, new byte[] {0, 0, 0x07, 0, 0, 0}));
  }

  @Test
  void aPaletteIsLookedUp() {
    byte[] png =
        new PngFile()
            .header(3, 3, 8, PngFile.PALETTE)
            .chunk("PLTE", new byte[] {0, 0, 0, (byte) 200, 100, 50})
            .pixels(3, new byte[] {0, 0, 0, 0, 1, 0, 0, 0, 0})
            .end()
            .bytes();
    assertMiddle(124, png);
  }

  @Test
  void whatAFileHoldsBesidePixelsIsLeftOut() {
    byte[] png =
        new PngFile()
            .header(3, 3, 8, PngFile.GREY)
            .chunk("gAMA", new byte[] {0, 0, 1, 0})
            .chunk("zTXt", new byte[] {'k', 0, 0, 1, 2, 3})
            .chunk("iCCP", new byte[] {'p', 0, 0, 9, 9})
            .pixels(3, new byte[] {0, 0, 0, 0, 99, 0, 0, 0, 0})
            .chunk("tEXt", "after".getBytes(StandardCharsets.US_ASCII))
            .end()
            .bytes();
    assertMiddle(99, png);
  }

  @Test
  void pathsAreReadThroughHadoop(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("a digit.png"), sound());
    assertEquals(DIGIT, new PngReader(SIZE, SIZE).read(hadoopPath(file), new Configuration(false)));
  }

  // Input that cannot be used, one fault a test.

  @Test
  void aMissingFileIsRefused(@TempDir Path folder) {
    assertPathRefused(folder.resolve("none.png"), "found nothing");
  }

  @Test
  void aFolderIsRefused(@TempDir Path folder) {
    assertPathRefused(folder, "found a folder");
  }

  @Test
  void aFileSystemThatIsUnknownIsRefused() {
    DataException refusal =
        assertThrows(
            DataException.class,
            () ->
                new PngReader(SIZE, SIZE)
                    .read(
                        new org.apache.hadoop.fs.Path("nosuch://host/a.png"),
                        new Configuration(false)));
    assertTrue(refusal.getMessage().startsWith("nosuch://host/a.png: "), refusal.getMessage());
    assertEquals(1, refusal.getMessage().lines().count());
  }

  @Test
  void aStreamThatBreaksIsRefused() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the line\nis cut");
          }

          @Override
          public int read(byte[] into, int at, int count) throws IOException {
            return read();
          }
        };
    assertOneLine(
        assertThrows(DataException.class, () -> new PngReader(3, 3).read(broken, "a.png")),
        "the line is cut");
  }

  @Test
  void anEmptyFileIsRefused() {
    assertRefused(new byte[0], "at byte 0", "an empty file");
  }

  @Test
  void anotherFormatIsRefused() {
    assertRefused(
        new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0, 0, 0, 0, 0, 0}, "ff d8 ff", "PNG");
  }

  @Test
  void aFileThatEndsInItsSignatureIsRefused() {
    assertRefused(Arrays.copyOf(sound(), 5), "at byte 0", "PNG");
  }

  @Test
  void aFileThatEndsAfterItsSignatureIsRefused() {
    assertRefused(Arrays.copyOf(sound(), 8), "at byte 8", "cut short");
  }

  /** Every length but the whole: no cut goes unseen. */
  @Test
  void aFileCutAnywhereIsRefused() {
    byte[] sound = sound();
    for (int length = 0; length < sound.length; length++) {
      assertRefused(Arrays.copyOf(sound, length), "at byte ");
    }
  }

  /** Every byte of every chunk is under its check sum. */
  @Test
  void aFileWithOneByteChangedAnywhereIsRefused() {
    byte[] sound = sound();
    for (int at = 0; at < sound.length; at++) {
      byte[] changed = sound.clone();
      changed[at] ^= 0x20;
      assertRefused(changed, "at byte ");
    }
  }

  @Test
  void aFileWithoutItsHeaderIsRefused() {
    assertRefused(new PngFile().pixels(1, new byte[1]).end().bytes(), "at byte 8", "header");
  }

  @Test
  void aHeaderOfAnotherLengthIsRefused() {
    assertRefused(new PngFile().chunk("IHDR", new byte[12]).end().bytes(), "header (IHDR) of 13");
  }

  @Test
  void aWidthOfZeroIsRefused() {
    assertRefused(PngFile.of(0, 3, 8, PngFile.GREY, new byte[3]), "0 wide and 3 high");
  }

  @Test
  void aHeightOfZeroIsRefused() {
    byte[] png = new PngFile().header(3, 0, 8, PngFile.GREY).pixels(1, new byte[3]).end().bytes();
    assertRefused(png, "3 wide and 0 high");
  }

  /** 3.2 billion pixels: refused by the header, long before memory would run out. */
  @Test
  void hugeDimensionsAreRefused() {
    assertRefused(
        PngFile.of(40_000, 80_000, 8, PngFile.GREY, new byte[80_000]), "40000 wide and 80000 high");
  }

  @Test
  void dimensionsWhoseProductOverflowsAreRefused() {
    assertRefused(PngFile.of(-1, 2, 8, PngFile.GREY, new byte[2]), "4294967295 wide");
  }

  @Test
  void aColourTypeThatDoesNotExistIsRefused() {
    assertRefused(PngFile.of(3, 3, 8, 5, new byte[9]), "cannot be decoded");
  }

  @Test
  void aFileWithoutPixelsIsRefused() {
    assertRefused(new PngFile().header(3, 3, 8, PngFile.GREY).end().bytes(), "cannot be decoded");
  }

  @Test
  void tooFewRowsAreRefused() {
    byte[] png = new PngFile().header(3, 3, 8, PngFile.GREY).pixels(2, new byte[6]).end().bytes();
    assertRefused(png, "cannot be decoded");
  }

  @Test
  void pixelsThatDoNotInflateAreRefused() {
    byte[] png =
        new PngFile().header(3, 3, 8, PngFile.GREY).chunk("IDAT", new byte[20]).end().bytes();
    assertRefused(png, "cannot be decoded");
  }

  @Test
  void aPaletteThatIsMissingIsRefused() {
    assertRefused(PngFile.of(3, 3, 8, PngFile.PALETTE, new byte[9]), "cannot be decoded");
  }

  @Test
  void anImageOfNoSizeCannotBeWanted() {
    assertThrows(IllegalArgumentException.class, () -> new PngReader(0, 28));
    assertThrows(IllegalArgumentException.class, () -> new PngReader(28, -1));
  }

  private static void assertMiddle(int expected, byte[] png) {
    GreyImage image = new PngReader(3, 3).read(new ByteArrayInputStream(png), "image");
    assertEquals(expected, image.value(1, 1));
    assertEquals(0, image.value(0, 0));
  }

  private static void assertRefused(byte[] png, String... parts) {
    DataException refusal =
        assertThrows(
            DataException.class,
            () -> new PngReader(SIZE, SIZE).read(new ByteArrayInputStream(png), "a.png"));
    assertOneLine(refusal, parts);
  }

  private static void assertPathRefused(Path file, String part) {
    DataException refusal =
        assertThrows(
            DataException.class,
            () -> new PngReader(SIZE, SIZE).read(hadoopPath(file), new Configuration(false)));
    assertTrue(refusal.getMessage().contains(file.getFileName().toString()));
    assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
  }

  private static void assertOneLine(DataException refusal, String... parts) {
    String message = refusal.getMessage();
    assertTrue(message.startsWith("a.png: "), message);
    assertEquals(1, message.lines().count(), message);
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  private static org.apache.hadoop.fs.Path hadoopPath(Path file) {
    return new org.apache.hadoop.fs.Path(file.toUri());
  }

  private static byte[] sound() {
    return PngFile.of(SIZE, SIZE, 8, PngFile.GREY, DIGIT.pixels());
  }

  private static InputStream grey(int width, int height, byte[] pixels) {
    return new ByteArrayInputStream(PngFile.of(width, height, 8, PngFile.GREY, pixels));
  }

  /** 5x5 pixels, black but for the 3x3 in the middle. */
  private static byte[] inTheMiddle(byte[] middle) {
    byte[] pixels = new byte[25];
    for (int p = 0; p < 9; p++) {
      int row = p / 3;
      pixels[(row + 1) * 5 + p % 3 + 1] = middle[p];
    }
    return pixels;
  }
}
