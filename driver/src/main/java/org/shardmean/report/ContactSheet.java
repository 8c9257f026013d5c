package org.shardmean.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Many small images of one size in rows, each enlarged without smoothing, with a number under it.
 *
 * <p>The numbers are drawn from figures of 3x5 pixels, not from a font: a server may have none.
 *
 * @param columns images in a row
 * @param scale how many times as large as itself each image is shown
 * @param paper the colour around the images
 * @param text the colour of the numbers
 */
record ContactSheet(int columns, int scale, Color paper, Color text) {
  /** Five rows of three pixels for each figure, the top row in the highest bits. */
  private static final int[] FIGURES = {
    0b111_101_101_101_111,
    0b010_110_010_010_111,
    0b111_001_111_100_111,
    0b111_001_111_001_111,
    0b101_101_111_001_001,
    0b111_100_111_001_111,
    0b111_100_111_101_111,
    0b111_001_010_010_010,
    0b111_101_111_101_111,
    0b111_101_111_001_111,
  };

  private static final int FIGURE_HEIGHT = 5;
  private static final int FIGURE_WIDTH = 3;

  /** The side of one of a figure's pixels on the sheet. */
  private static final int DOT = 2;

  private static final int MARGIN = 6;

  ContactSheet {
    if (columns < 1 || scale < 1) {
      throw new IllegalArgumentException(
          "columns and scale must be at least 1, found " + columns + " and " + scale);
    }
  }

  /**
   * Draws the sheet.
   *
   * @param images at least one, all of one size
   * @param numbers one for each image, none negative
   * @return the bytes of a PNG file
   */
  byte[] png(List<BufferedImage> images, List<Integer> numbers) {
    check(images, numbers);
    int across = Math.min(columns, images.size());
    int down = (images.size() + columns - 1) / columns;
    int imageWidth = images.get(0).getWidth() * scale;
    int imageHeight = images.get(0).getHeight() * scale;
    int cellWidth = imageWidth + MARGIN;
    int cellHeight = imageHeight + FIGURE_HEIGHT * DOT + 2 * MARGIN;
    BufferedImage sheet =
        new BufferedImage(
            Math.addExact(Math.multiplyExact(across, cellWidth), MARGIN),
            Math.addExact(Math.multiplyExact(down, cellHeight), MARGIN),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = sheet.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    pen.setColor(paper);
    pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    pen.setColor(text);
    for (int i = 0; i < images.size(); i++) {
      int left = MARGIN + i % columns * cellWidth;
      int top = MARGIN + i / columns * cellHeight;
      pen.drawImage(images.get(i), left, top, imageWidth, imageHeight, null);
      write(numbers.get(i), left + imageWidth / 2, top + imageHeight + MARGIN / 2, pen);
    }
    pen.dispose();
    return PngWriter.png(sheet);
  }

  private static void check(List<BufferedImage> images, List<Integer> numbers) {
    if (images.isEmpty() || images.size() != numbers.size()) {
      throw new IllegalArgumentException(
          "a sheet needs at least one image and a number for each, found "
              + images.size()
              + " images and "
              + numbers.size()
              + " numbers");
    }
    BufferedImage first = images.get(0);
    for (BufferedImage image : images) {
      if (image.getWidth() != first.getWidth() || image.getHeight() != first.getHeight()) {
        throw new IllegalArgumentException("the images of a sheet must be of one size");
      }
    }
    if (numbers.stream().anyMatch(number -> number < 0)) {
      throw new IllegalArgumentException("numbers must not be negative, found " + numbers);
    }
  }

  private static void write(int number, int middle, int top, Graphics2D pen) {
    String figures = Integer.toString(number);
    int step = (FIGURE_WIDTH + 1) * DOT;
    int left = middle - (figures.length() * step - DOT) / 2;
    for (int f = 0; f < figures.length(); f++) {
      int figure = FIGURES[figures.charAt(f) - '0'];
      for (int dot = 0; dot < FIGURE_HEIGHT * FIGURE_WIDTH; dot++) {
        if ((figure >> (FIGURE_HEIGHT * FIGURE_WIDTH - 1 - dot) & 1) == 1) {
          int x = left + f * step + dot % FIGURE_WIDTH * DOT;
          int y = top + dot / FIGURE_WIDTH * DOT;
          pen.fillRect(x, y, DOT, DOT);
        }
      }
    }
  }
}
