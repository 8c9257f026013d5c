package org.shardmean.report;

import java.util.List;
import org.shardmean.data.GreyImage;

/**
 * Grey images drawn in a terminal, side by side, each with a caption under it. As many stand in a
 * row as fit at half size; the fewer there are, the larger, up to a character for every pixel
 * across. What does not fit goes to the next row.
 *
 * @param width characters in a line of the terminal
 * @param colour whether the terminal understands 24-bit colour: then a character shows two pixels,
 *     one above the other, in their greys; else it shows the mean of the two as one of ten shades
 */
public record ImageText(int width, boolean colour) {
  /** The least width at which people still recognise MNIST's digits. */
  private static final int LEAST_WIDTH = 14;

  private static final int GAP = 2;
  private static final String SHADES = " .:-=+*#%@";
  private static final char UPPER_HALF = '\u2580';
  private static final String PLAIN = "\u001b[0m";

  /**
   * @throws IllegalArgumentException if the width is not positive
   */
  public ImageText {
    if (width < 1) {
      throw new IllegalArgumentException("the width must be at least 1, found " + width);
    }
  }

  /**
   * Draws the images.
   *
   * @param images all of one size
   * @param captions one for each image; what is wider than the image is cut off
   * @return lines, each ended by a newline and none with trailing blanks; empty without images
   * @throws IllegalArgumentException if sizes differ, or the numbers of images and captions
   */
  public String draw(List<GreyImage> images, List<String> captions) {
    check(images, captions);
    StringBuilder text = new StringBuilder();
    if (!images.isEmpty()) {
      int cell = cellWidth(images.size(), images.get(0).width());
      int inRow = Math.max(1, (width + GAP) / (cell + GAP));
      for (int from = 0; from < images.size(); from += inRow) {
        int to = Math.min(images.size(), from + inRow);
        drawRow(images.subList(from, to), captions.subList(from, to), cell, text);
      }
    }
    return text.toString();
  }

  private static void check(List<GreyImage> images, List<String> captions) {
    if (images.size() != captions.size()) {
      throw new IllegalArgumentException(
          images.size() + " images need a caption each, found " + captions.size());
    }
    for (GreyImage image : images) {
      GreyImage first = images.get(0);
      if (image.height() != first.height() || image.width() != first.width()) {
        throw new IllegalArgumentException(
            "images must be of one size, found " + first + " and " + image);
      }
    }
  }

  private int cellWidth(int images, int imageWidth) {
    int whenAllFit = (width + GAP) / images - GAP;
    return Math.min(width, Math.min(imageWidth, Math.max(LEAST_WIDTH, whenAllFit)));
  }

  private void drawRow(
      List<GreyImage> images, List<String> captions, int cell, StringBuilder text) {
    GreyImage first = images.get(0);
    int height = Math.max(1, Math.round((float) first.height() * cell / first.width()));
    List<GreyImage> shown = images.stream().map(image -> image.resized(height, cell)).toList();
    for (int row = 0; row < height; row += 2) {
      StringBuilder line = new StringBuilder();
      for (GreyImage image : shown) {
        startCell(line);
        drawLine(image, row, line);
      }
      endLine(line, text);
    }
    StringBuilder line = new StringBuilder();
    for (String caption : captions) {
      startCell(line);
      centre(caption, cell, line);
    }
    endLine(line, text);
  }

  private static void startCell(StringBuilder line) {
    if (!line.isEmpty()) {
      line.append(" ".repeat(GAP));
    }
  }

  private void drawLine(GreyImage image, int row, StringBuilder line) {
    String before = "";
    for (int column = 0; column < image.width(); column++) {
      int upper = image.value(row, column);
      int lower = row + 1 < image.height() ? image.value(row + 1, column) : 0;
      if (colour) {
        String greys = "\u001b[38;2;" + grey(upper) + ";48;2;" + grey(lower) + "m";
        line.append(greys.equals(before) ? "" : greys).append(UPPER_HALF);
        before = greys;
      } else {
        line.append(SHADES.charAt((upper + lower) * SHADES.length() / 511));
      }
    }
    line.append(colour ? PLAIN : "");
  }

  private static String grey(int value) {
    return value + ";" + value + ";" + value;
  }

  private static void centre(String caption, int cell, StringBuilder line) {
    String shown = caption.substring(0, Math.min(caption.length(), cell));
    int before = (cell - shown.length()) / 2;
    line.append(" ".repeat(before)).append(shown);
    line.append(" ".repeat(cell - before - shown.length()));
  }

  private static void endLine(StringBuilder line, StringBuilder text) {
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
