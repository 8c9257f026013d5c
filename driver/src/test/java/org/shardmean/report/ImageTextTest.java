package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.data.GreyImage;
import org.shardmean.data.ImageSet;

class ImageTextTest {
  private static final GreyImage SMALL =
      new GreyImage(new byte[] {0, 0, (byte) 255, 0, 0, (byte) 255, 10, 20, 110}, 3, 3);

  @Test
  void withoutColourTwoPixelsAreOneShade() {
    assertEquals(
        """
          @
          :
         7
        """,
        new ImageText(80, false).draw(List.of(SMALL), List.of("7")));
  }

  @Test
  void withColourTwoPixelsAreTheHalvesOfOneCharacter() {
    String text = new ImageText(80, true).draw(List.of(SMALL), List.of("7"));
    assertEquals(
        grey(0, 0)
            + "▀▀"
            + grey(255, 255)
            + "▀\u001b[0m\n"
            + grey(10, 0)
            + "▀"
            + grey(20, 0)
            + "▀"
            + grey(110, 0)
            + "▀\u001b[0m\n 7\n",
        text);
  }

  @Test
  void oneDigitIsDrawnInFullSize() {
    List<String> lines = draw(80, false, 1);
    assertEquals(15, lines.size());
    assertTrue(lines.stream().mapToInt(String::length).max().orElse(0) > 14);
  }

  @Test
  void digitsStandSideBySideWhileTheyFitAtHalfSize() {
    // Five of 14 and four gaps are 78 wide, seven lines high, with a line of captions.
    assertEquals(8, draw(80, false, 5).size());
    assertEquals(16, draw(80, false, 6).size());
    assertEquals(16, draw(80, false, 10).size());
    assertEquals("      0               1", draw(80, false, 5).get(7).substring(0, 23));
  }

  @Property(tries = 200)
  void noLineIsWiderThanTheTerminal(
      @ForAll @IntRange(min = 1, max = 200) int width,
      @ForAll boolean colour,
      @ForAll @IntRange(min = 1, max = 12) int digits) {
    List<String> lines = draw(width, colour, digits);
    for (String line : lines) {
      String shown = line.replaceAll("\u001b\\[[0-9;]*m", "");
      assertTrue(shown.length() <= width, () -> shown.length() + " of " + width);
      assertEquals(line.stripTrailing(), line);
    }
    String text = String.join(" ", lines);
    for (int i = 0; i < digits; i++) {
      assertTrue(text.contains(caption(i, width)), text);
    }
  }

  @Test
  void noDigitsAreNoLines() {
    assertEquals("", new ImageText(80, true).draw(List.of(), List.of()));
  }

  @Test
  void drawingsThatDoNotFitAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ImageText(0, true));
    ImageText text = new ImageText(80, true);
    assertThrows(
        IllegalArgumentException.class, () -> text.draw(List.of(SMALL), List.of("1", "2")));
    assertThrows(
        IllegalArgumentException.class,
        () -> text.draw(List.of(SMALL, SMALL.resized(4, 4)), List.of("1", "2")));
  }

  private static List<String> draw(int width, boolean colour, int digits) {
    ImageSet drawn =
        new GeneratedExamples(digits, 42, false).select(IntStream.range(0, digits).toArray());
    List<GreyImage> images =
        IntStream.range(0, digits).mapToObj(i -> GreyImage.of(drawn, i)).toList();
    List<String> captions = IntStream.range(0, digits).mapToObj(i -> caption(i, 80)).toList();
    List<String> lines = new ImageText(width, colour).draw(images, captions).lines().toList();
    return Collections.unmodifiableList(lines);
  }

  private static String caption(int i, int width) {
    String whole = Integer.toString(i);
    return whole.substring(0, Math.min(whole.length(), width));
  }

  private static String grey(int upper, int lower) {
    return "\u001b[38;2;%1$d;%1$d;%1$d;48;2;%2$d;%2$d;%2$dm".formatted(upper, lower);
  }
}
