package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GreyImageTest {
  /** The mean by its definition: of many points spread evenly over the new pixel. */
  @Property(tries = 100)
  void resizingAveragesTheAreaThatANewPixelCovers(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 12) int height,
      @ForAll @IntRange(min = 1, max = 12) int width,
      @ForAll @IntRange(min = 1, max = 12) int newHeight,
      @ForAll @IntRange(min = 1, max = 12) int newWidth) {
    GreyImage image = random(seed, height, width);
    GreyImage resized = image.resized(newHeight, newWidth);
    for (int row = 0; row < newHeight; row++) {
      for (int column = 0; column < newWidth; column++) {
        long sum = 0;
        for (int y = row * height; y < (row + 1) * height; y++) {
          for (int x = column * width; x < (column + 1) * width; x++) {
            sum += image.value(y / newHeight, x / newWidth);
          }
        }
        assertEquals((double) sum / (height * width), resized.value(row, column), 0.5);
      }
    }
  }

  @Property(tries = 50)
  void enlargingAndShrinkingByWholeTimesLosesNothing(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = 1, max = 5) int times) {
    GreyImage image = random(seed, height, width);
    assertEquals(image, image.resized(height * times, width * times).resized(height, width));
  }

  @Property(tries = 50)
  void invertingTwiceIsTheSameImage(@ForAll long seed) {
    GreyImage image = random(seed, 4, 3);
    assertEquals(image, image.inverted().inverted());
    assertEquals(255 - image.value(3, 2), image.inverted().value(3, 2));
  }

  @Test
  void fittingKeepsTheShapeAndPadsWithBlack() {
    GreyImage wide = new GreyImage(new byte[] {10, 20, 30, 40}, 1, 4);
    assertArrayEquals(
        new byte[] {0, 0, 0, 0, 10, 20, 30, 40, 0, 0, 0, 0, 0, 0, 0, 0},
        wide.fitted(4, 4).pixels());
    GreyImage high = new GreyImage(new byte[] {10, 30}, 2, 1);
    assertArrayEquals(new byte[] {0, 10, 0, 0, 30, 0}, high.fitted(2, 3).pixels());
  }

  @Property(tries = 50)
  void fittingIntoAnyShapeGivesThatShape(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 9) int newHeight,
      @ForAll @IntRange(min = 1, max = 9) int newWidth) {
    GreyImage fitted = random(seed, height, width).fitted(newHeight, newWidth);
    assertEquals(newHeight, fitted.height());
    assertEquals(newWidth, fitted.width());
  }

  @Test
  void whatGoesInAndComesOutIsCopied() {
    byte[] pixels = {1, 2};
    GreyImage image = new GreyImage(pixels, 1, 2);
    pixels[0] = 9;
    image.pixels()[1] = 9;
    assertArrayEquals(new byte[] {1, 2}, image.pixels());
  }

  @Test
  void imagesAreEqualByTheirPixelsAndShape() {
    GreyImage image = new GreyImage(new byte[] {1, 2}, 1, 2);
    assertEquals(image, new GreyImage(new byte[] {1, 2}, 1, 2));
    assertEquals(image.hashCode(), new GreyImage(new byte[] {1, 2}, 1, 2).hashCode());
    assertNotEquals(image, new GreyImage(new byte[] {1, 2}, 2, 1));
    assertNotEquals(image, new GreyImage(new byte[] {1, 3}, 1, 2));
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new GreyImage(new byte[3], 2, 2));
    assertThrows(IllegalArgumentException.class, () -> new GreyImage(new byte[0], 0, 2));
    assertThrows(IllegalArgumentException.class, () -> new GreyImage(new byte[4], -2, -2));
  }

  private static GreyImage random(long seed, int height, int width) {
    byte[] pixels = new byte[height * width];
    new SplittableRandom(seed).nextBytes(pixels);
    return new GreyImage(pixels, height, width);
  }
}
