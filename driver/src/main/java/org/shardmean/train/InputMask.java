package org.shardmean.train;

import org.shardmean.data.Seeds;

/**
 * Input dropout's mask over a batch (Srivastava et al., 2014). Each draw depends only on the seed
 * and on where the pixel stands, so none has to be made where there is no ink.
 *
 * <p>{@link Seeds#draw} {@code i} has the 16-bit draws of the pixels {@code 4 i … 4 i + 3}.
 */
final class InputMask {
  private static final int PIXELS_PER_OUTPUT = 4;
  private static final int DRAW_BITS = 16;

  private InputMask() {}

  /**
   * Sets dropped pixels to zero among the first {@code length}.
   *
   * @param dropout the chance of each pixel, 0 up to 1, rounded to 1/65536
   */
  static void applyInPlace(byte[] pixels, int length, double dropout, long seed) {
    int threshold = threshold(dropout);
    for (int first = 0; first < length; first += PIXELS_PER_OUTPUT) {
      int end = Math.min(first + PIXELS_PER_OUTPUT, length);
      if (hasInk(pixels, first, end)) {
        drop(pixels, first, end, threshold, Seeds.draw(seed, first / PIXELS_PER_OUTPUT));
      }
    }
  }

  /** Draws below it drop. */
  static int threshold(double dropout) {
    return (int) Math.rint(dropout * (1 << DRAW_BITS));
  }

  /** By which features that stay are scaled up. */
  static float scale(double dropout) {
    return (float) (1 / (1 - dropout));
  }

  private static boolean hasInk(byte[] pixels, int first, int end) {
    int ink = 0;
    for (int p = first; p < end; p++) {
      ink |= pixels[p];
    }
    return ink != 0;
  }

  private static void drop(byte[] pixels, int first, int end, int threshold, long draws) {
    for (int p = first; p < end; p++) {
      long draw = (draws >>> (DRAW_BITS * (p - first))) & 0xffff;
      if (draw < threshold) {
        pixels[p] = 0;
      }
    }
  }

  /**
   * As of bytes, with the same draws; the features that stay are scaled up to keep the mean.
   *
   * @param dropout the chance of each feature, 0 up to 1, rounded to 1/65536
   */
  static void applyInPlace(float[] features, int length, double dropout, long seed) {
    int threshold = threshold(dropout);
    float scale = scale(dropout);
    for (int first = 0; first < length; first += PIXELS_PER_OUTPUT) {
      int end = Math.min(first + PIXELS_PER_OUTPUT, length);
      if (hasOtherThanZero(features, first, end)) {
        long draws = Seeds.draw(seed, first / PIXELS_PER_OUTPUT);
        for (int i = first; i < end; i++) {
          long draw = (draws >>> (DRAW_BITS * (i - first))) & 0xffff;
          features[i] = draw < threshold ? 0 : features[i] * scale;
        }
      }
    }
  }

  /** Whether the feature at {@code place} of a batch, row by row, is dropped: with these draws. */
  static boolean drops(long place, int threshold, long seed) {
    long draws = Seeds.draw(seed, place / PIXELS_PER_OUTPUT);
    return ((draws >>> (DRAW_BITS * (place % PIXELS_PER_OUTPUT))) & 0xffff) < threshold;
  }

  private static boolean hasOtherThanZero(float[] features, int first, int end) {
    int bits = 0;
    for (int i = first; i < end; i++) {
      bits |= Float.floatToRawIntBits(features[i]);
    }
    return bits != 0;
  }
}
