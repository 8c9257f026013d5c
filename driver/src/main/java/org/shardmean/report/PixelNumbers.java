package org.shardmean.report;

import org.shardmean.data.GreyImage;

/** An image as its numbers: a line for each row of pixels, 0 (black) to 255 (white). */
final class PixelNumbers {
  /** Images that are wider or higher are not shown as numbers. */
  static final int MOST_PIXELS_ACROSS = 40;

  private PixelNumbers() {}

  static String of(GreyImage image) {
    StringBuilder numbers = new StringBuilder();
    for (int row = 0; row < image.height(); row++) {
      for (int column = 0; column < image.width(); column++) {
        String value = Integer.toString(image.value(row, column));
        numbers.append(" ".repeat(3 - value.length() + (column == 0 ? 0 : 1))).append(value);
      }
      numbers.append('\n');
    }
    return numbers.toString();
  }
}
