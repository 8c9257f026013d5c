package org.shardmean.wire;

import java.util.Arrays;

/**
 * A block as whole numbers from -127 to 127 times the block's scale, which makes the largest
 * magnitude 127: evenly spaced, for numbers of like size.
 */
final class IntegerBlock implements Blocks.Code {
  private static final int LARGEST = 127;

  /** Of a random draw: 16 bits below the point, so that the sum with whole numbers is exact. */
  private static final float UNIT = 0x1p-16f;

  /** A float of this magnitude or more is infinite or NaN. */
  private static final int NOT_FINITE = 0x7f800000;

  /** Below this largest magnitude the scale's inverse would not be finite. */
  private static final float NOTHING = 0x1p-118f;

  @Override
  public float encodeInPlace(int[] bits, int largest, int[] random) {
    float largestValue = Float.intBitsToFloat(largest);
    if (largest >= NOT_FINITE || largestValue < NOTHING) {
      Arrays.fill(bits, 0);
      return largest >= NOT_FINITE ? Float.NaN : 0;
    }
    float inverse = LARGEST / largestValue;
    for (int i = 0; i < Blocks.SIZE; i++) {
      float up = (random[i] >>> 16) * UNIT;
      float raised = Float.intBitsToFloat(bits[i]) * inverse + LARGEST; // Above 0: int rounds down.
      bits[i] = Math.min((int) (raised + up), 2 * LARGEST) - LARGEST;
    }
    return largestValue / LARGEST;
  }

  @Override
  public void decode(byte[] coded, int at, float scale, float[] values, int from, int end) {
    for (int i = 0; i < end - from; i++) {
      values[from + i] = coded[at + i] * scale;
    }
  }
}
