package org.shardmean.data;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * One grey image.
 *
 * @param pixels {@code height * width} bytes, row by row from the top, 0 (black, the background) to
 *     255 (white, the ink), read as unsigned; copied in and out
 */
public record GreyImage(byte[] pixels, int height, int width) {
  /**
   * @throws IllegalArgumentException if a size is not positive or the number of bytes does not fit
   */
  public GreyImage {
    if (height < 1 || width < 1 || pixels.length != (long) height * width) {
      throw new IllegalArgumentException(
          "a grey image is height * width bytes, at least one; found "
              + pixels.length
              + " bytes for "
              + size(height, width));
    }
    pixels = pixels.clone();
  }

  /** Image {@code i} of {@code images}. */
  public static GreyImage of(ImageSet images, int i) {
    requireNonNull(images, "images");
    return new GreyImage(images.image(i), images.height(), images.width());
  }

  @Override
  public byte[] pixels() {
    return pixels.clone();
  }

  /** The pixel's value, 0 to 255. */
  public int value(int row, int column) {
    return pixels[row * width + column] & 0xff;
  }

  /** White where this is black, and black where it is white. */
  public GreyImage inverted() {
    byte[] inverted = new byte[pixels.length];
    for (int p = 0; p < pixels.length; p++) {
      inverted[p] = (byte) ~pixels[p];
    }
    return new GreyImage(inverted, height, width);
  }

  /**
   * This image at another size, stretched where the shape differs: each new pixel is the mean of
   * the area that it covers, so that thin strokes fade but never drop out.
   */
  public GreyImage resized(int newHeight, int newWidth) {
    if (newHeight == height && newWidth == width) {
      return this;
    }
    byte[] resized = new byte[Math.multiplyExact(newHeight, newWidth)];
    for (int row = 0; row < newHeight; row++) {
      for (int column = 0; column < newWidth; column++) {
        resized[row * newWidth + column] = (byte) mean(row, newHeight, column, newWidth);
      }
    }
    return new GreyImage(resized, newHeight, newWidth);
  }

  /**
   * This image as large as it goes into another size with its shape kept, in the middle, the rest
   * filled with black.
   */
  public GreyImage fitted(int newHeight, int newWidth) {
    double scale = Math.min((double) newHeight / height, (double) newWidth / width);
    int innerHeight = (int) Math.max(1, Math.min(newHeight, Math.round(height * scale)));
    int innerWidth = (int) Math.max(1, Math.min(newWidth, Math.round(width * scale)));
    byte[] inner = resized(innerHeight, innerWidth).pixels;
    byte[] fitted = new byte[Math.multiplyExact(newHeight, newWidth)];
    int top = (newHeight - innerHeight) / 2;
    int left = (newWidth - innerWidth) / 2;
    for (int row = 0; row < innerHeight; row++) {
      int to = (top + row) * newWidth + left;
      System.arraycopy(inner, row * innerWidth, fitted, to, innerWidth);
    }
    return new GreyImage(fitted, newHeight, newWidth);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GreyImage that
        && height == that.height
        && width == that.width
        && Arrays.equals(pixels, that.pixels);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * height + width) + Arrays.hashCode(pixels);
  }

  @Override
  public String toString() {
    return "grey image of " + size(height, width);
  }

  /**
   * The mean over the area of one new pixel, in whole numbers: on a grid so fine that old and new
   * pixels both have their borders on it.
   */
  private int mean(int newRow, int newHeight, int newColumn, int newWidth) {
    long top = (long) newRow * height;
    long left = (long) newColumn * width;
    long sum = 0;
    for (int row = (int) (top / newHeight); (long) row * newHeight < top + height; row++) {
      long rowShare = overlap(row, newHeight, top, height);
      for (int column = (int) (left / newWidth);
          (long) column * newWidth < left + width;
          column++) {
        sum += rowShare * overlap(column, newWidth, left, width) * value(row, column);
      }
    }
    long area = (long) height * width;
    return (int) ((sum + area / 2) / area);
  }

  /** How far the old pixel {@code at}, {@code length} fine steps long, reaches into a new one. */
  private static long overlap(int at, int length, long from, int newLength) {
    long start = Math.max((long) at * length, from);
    long end = Math.min((at + 1L) * length, from + newLength);
    return end - start;
  }

  private static String size(int height, int width) {
    return height + "x" + width;
  }
}
