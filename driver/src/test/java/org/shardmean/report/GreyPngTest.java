package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.data.GreyImage;
import org.shardmean.data.ImageSet;
import org.shardmean.data.PngReader;

class GreyPngTest {
  private static final ImageSet DIGITS =
      new GeneratedExamples(12, 42, false).select(IntStream.range(0, 12).toArray());
  private static final List<GreyPng> IMAGES =
      IntStream.range(0, 12).mapToObj(i -> GreyPng.of(DIGITS, i)).toList();
  private static final List<Integer> LABELS =
      IntStream.range(0, 12).map(DIGITS::label).boxed().toList();

  @Test
  void whatIsWrittenIsReadBack() {
    for (int i = 0; i < DIGITS.count(); i++) {
      GreyImage read =
          new PngReader(28, 28).read(new ByteArrayInputStream(IMAGES.get(i).png()), "digit");
      assertArrayEquals(DIGITS.image(i), read.pixels());
    }
  }

  @Property(tries = 50)
  void thePngHoldsEveryPixelAsItIs(@ForAll @Size(6) byte[] pixels) throws IOException {
    BufferedImage image = decode(GreyPng.of(pixels, 2, 3).png());
    assertEquals(BufferedImage.TYPE_BYTE_GRAY, image.getType());
    assertArrayEquals(pixels, (byte[]) image.getRaster().getDataElements(0, 0, 3, 2, null));
  }

  @Test
  void theDataUriIsThePng() {
    String start = "data:image/png;base64,";
    String uri = IMAGES.get(0).dataUri();
    assertTrue(uri.startsWith(start));
    assertArrayEquals(
        IMAGES.get(0).png(), Base64.getDecoder().decode(uri.substring(start.length())));
  }

  @Test
  void aSheetShowsEveryDigitInItsPlace() throws IOException {
    BufferedImage sheet = decode(GreyPng.sheet(IMAGES, LABELS, 5, 2));
    // A cell is the digit at scale 2, a margin of 6, and 22 for margins and number below.
    assertEquals(5 * 62 + 6, sheet.getWidth());
    assertEquals(3 * 78 + 6, sheet.getHeight());
    for (int i = 0; i < 12; i++) {
      int left = 6 + i % 5 * 62;
      int row = i / 5;
      int top = 6 + row * 78;
      for (int y = 0; y < 56; y++) {
        for (int x = 0; x < 56; x++) {
          int value = IMAGES.get(i).image().value(y / 2, x / 2);
          assertEquals(value * 0x010101, sheet.getRGB(left + x, top + y) & 0xffffff);
        }
      }
    }
  }

  @Test
  void everyNumberLooksDifferent() {
    Set<String> sheets = new HashSet<>();
    for (int number = 0; number < 256; number++) {
      byte[] sheet = GreyPng.sheet(IMAGES.subList(0, 1), List.of(number), 5, 2);
      sheets.add(HexFormat.of().formatHex(sheet));
    }
    assertEquals(256, sheets.size());
  }

  @Test
  void sheetsThatCannotBeDrawnAreRefused() {
    refuseSheet(List.of(), List.of(), 5, 2);
    refuseSheet(IMAGES, LABELS.subList(0, 3), 5, 2);
    refuseSheet(IMAGES, LABELS, 0, 2);
    refuseSheet(IMAGES, LABELS, 5, 0);
    refuseSheet(IMAGES.subList(0, 1), List.of(-1), 5, 1);
    refuseSheet(List.of(IMAGES.get(0), GreyPng.of(new byte[1], 1, 1)), List.of(0, 1), 5, 1);
  }

  private static void refuseSheet(
      List<GreyPng> digits, List<Integer> labels, int columns, int scale) {
    assertThrows(
        IllegalArgumentException.class, () -> GreyPng.sheet(digits, labels, columns, scale));
  }

  private static BufferedImage decode(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }
}
