package org.shardmean.train;

/**
 * Input dropout's mask over the bytes of a batch (Srivastava et al., 2014). Each draw depends only
 * on the seed and on where the pixel stands, so none has to be made where there is no ink.
 *
 * <p>The generator is SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) read by position: output
 * {@code i} has the 16-bit draws of the pixels {@code 4 i … 4 i + 3}.
 */
final class PixelMask {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
  private static final int PIXELS_PER_OUTPUT = 4;
  private static final int DRAW_BITS = 16;

  private final int threshold;
  private final long seed;

  /**
   * A mask.
   *
   * @param dropout the chance that a pixel is set to zero, 0 up to 1, rounded to 1/65536
   */
  PixelMask(double dropout, long seed) {
    this.threshold = (int) Math.rint(dropout * (1 << DRAW_BITS));
    this.seed = seed;
  }

  /** Sets dropped pixels to zero among the first {@code length}. */
  void applyInPlace(byte[] pixels, int length) {
    for (int first = 0; first < length; first += PIXELS_PER_OUTPUT) {
      int end = Math.min(first + PIXELS_PER_OUTPUT, length);
      if (hasInk(pixels, first, end)) {
        drop(pixels, first, end);
      }
    }
  }

  private static boolean hasInk(byte[] pixels, int first, int end) {
    int ink = 0;
    for (int p = first; p < end; p++) {
      ink |= pixels[p];
    }
    return ink != 0;
  }

  private void drop(byte[] pixels, int first, int end) {
    long draws = output(first / PIXELS_PER_OUTPUT);
    for (int p = first; p < end; p++) {
      if ((draws & 0xffff) < threshold) {
        pixels[p] = 0;
      }
      draws >>>= DRAW_BITS;
    }
  }

  private long output(long i) {
    long z = seed + (i + 1) * GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
