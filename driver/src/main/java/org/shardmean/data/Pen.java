package org.shardmean.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A round, soft-edged pen and the sheet of paper that it inks, 28x28 pixels. Where lines cross, the
 * darker ink stays.
 *
 * <p>A line is a row of prints of the nib, {@value #SPACING} pixels apart. The prints are made
 * once, for every radius and every place of the nib within a pixel. Each is eight rows of eight
 * pixels, a row one {@code long}, and is laid over the paper by the maximum of eight bytes at a
 * time. The paper itself is kept in longs too: bytes written and at once read back as longs across
 * their borders would stall the processor.
 */
final class Pen {
  static final int SIZE = 28;

  /** The largest radius whose print fits its eight pixels, wherever in a pixel its centre lies. */
  static final float MOST_RADIUS = 2.75f;

  private static final float SPACING = 0.6f;

  /** Half the width of the soft edge, in pixels. */
  private static final float SOFTNESS = 0.7f;

  private static final int PRINT = 8;

  /** Radii are told apart, and places within a pixel, by an eighth of a pixel. */
  private static final int STEPS = 8;

  /** Where the centre of the nib lies in its print: from 3 to 3 7/8 pixels down and across. */
  private static final int MIDDLE = 3;

  private static final int RADII = 1 + (int) (MOST_RADIUS * STEPS);

  /** Rows of prints: by radius, place of the centre down, place of the centre across, row. */
  private static final long[] PRINTS = prints();

  private static final VarHandle EIGHT_PIXELS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long HIGH_BITS = 0x8080808080808080L;

  /** Row by row, eight pixels a long, the first in the lowest byte; and one long to spare. */
  private final long[] paper = new long[SIZE * SIZE / PRINT + 1];

  private float x;
  private float y;

  /** Takes a new sheet. */
  void clear() {
    Arrays.fill(paper, 0L);
  }

  /**
   * Puts the pen down. Pixel (column, row) has its centre at (column, row).
   *
   * @param radius half the width of what the pen draws, in pixels, 0 to {@value #MOST_RADIUS}
   */
  void putDown(float toX, float toY, float radius) {
    x = toX;
    y = toY;
    print(radius, x, y);
  }

  /** Draws a line from where the pen is; what falls outside the paper is cut off. */
  void drawTo(float toX, float toY, float radius) {
    float dx = toX - x;
    float dy = toY - y;
    int steps = 1 + (int) ((float) Math.sqrt(dx * dx + dy * dy) / SPACING);
    float share = 1f / steps;
    for (int i = 1; i <= steps; i++) {
      float along = i * share;
      print(radius, x + along * dx, y + along * dy);
    }
    x = toX;
    y = toY;
  }

  /** Copies the sheet, row by row. */
  void copyTo(byte[] pixels, int at) {
    for (int i = 0; i < SIZE * SIZE / PRINT; i++) {
      EIGHT_PIXELS.set(pixels, at + i * PRINT, paper[i]);
    }
  }

  private void print(float radius, float centreX, float centreY) {
    // Eighths of a pixel, counted from far enough outside that rounding towards zero rounds down.
    int eighthsX = (int) ((centreX + 64f) * STEPS + 0.5f) - (64 + MIDDLE) * STEPS;
    int eighthsY = (int) ((centreY + 64f) * STEPS + 0.5f) - (64 + MIDDLE) * STEPS;
    int left = eighthsX >> 3;
    int top = eighthsY >> 3;
    if (left <= -PRINT || left >= SIZE) {
      return;
    }
    int column = Math.max(0, Math.min(left, SIZE - PRINT));
    int cutBefore = Math.max(0, -left) * 8;
    int cutAfter = Math.max(0, left - column) * 8;
    int nib = (int) (radius * STEPS + 0.5f);
    int print = ((nib * STEPS + (eighthsY & 7)) * STEPS + (eighthsX & 7)) * PRINT;
    int reach = 2 + nib / STEPS;
    int end = Math.min(Math.min(PRINT, MIDDLE + 1 + reach), SIZE - top);
    for (int row = Math.max(Math.max(0, MIDDLE + 1 - reach), -top); row < end; row++) {
      long ink = PRINTS[print + row] >>> cutBefore << cutAfter;
      int pixel = (top + row) * SIZE + column;
      int eight = pixel >> 3;
      int shift = (pixel & 7) * 8;
      paper[eight] = darker(paper[eight], ink << shift);
      paper[eight + 1] = darker(paper[eight + 1], ink >>> 1 >>> (63 - shift));
    }
  }

  /** The larger of each of eight pairs of unsigned bytes. */
  private static long darker(long a, long b) {
    long lowBitsReach = (a | HIGH_BITS) - (b & ~HIGH_BITS);
    long reaches = ((a & ~b) | (~(a ^ b) & lowBitsReach)) & HIGH_BITS;
    long whereA = (reaches << 1) - (reaches >>> 7);
    return (a & whereA) | (b & ~whereA);
  }

  private static long[] prints() {
    long[] prints = new long[RADII * STEPS * STEPS * PRINT];
    int next = 0;
    for (int radius = 0; radius < RADII; radius++) {
      for (int down = 0; down < STEPS; down++) {
        for (int across = 0; across < STEPS; across++) {
          for (int row = 0; row < PRINT; row++) {
            prints[next++] =
                printRow(
                    (float) radius / STEPS,
                    MIDDLE + (float) across / STEPS,
                    row - MIDDLE - (float) down / STEPS);
          }
        }
      }
    }
    return prints;
  }

  /** Eight pixels, the leftmost in the lowest byte, {@code below} the centre of the nib. */
  private static long printRow(float radius, float centre, float below) {
    long pixels = 0;
    for (int column = 0; column < PRINT; column++) {
      float aside = column - centre;
      float distance = (float) Math.sqrt(aside * aside + below * below);
      float cover = (radius + SOFTNESS - distance) / (2f * SOFTNESS);
      long ink = (long) (255f * Math.max(0f, Math.min(1f, cover)));
      pixels |= ink << (8 * column);
    }
    return pixels;
  }
}
