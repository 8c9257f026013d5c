package org.shardmean.wire;

import java.util.Arrays;

/**
 * A block as floats of eight bits, for numbers of very unlike size, such as Adam's moments. The
 * block's largest magnitude has the largest exponent but one. Three bits are fraction. Where no
 * number of the block is negative, five are exponent, for a range of 2<sup>31</sup>; otherwise one
 * is the sign and four are exponent, for 2<sup>15</sup>. Code 0 is zero.
 *
 * <p>A second moment must never become zero beside a first that does not: Adam divides by its root.
 * So a number of a block without negative ones that is too small becomes the smallest that there
 * is; in a block with negative ones it becomes zero. No block may therefore hold both kinds.
 *
 * <p>The block's float holds the base: what is added to a code to make a float's upper bits of it.
 * It is negative where codes have a sign.
 */
final class FloatBlock implements Blocks.Code {
  private static final int FRACTION = 3;

  /** Bits of a float below those that are kept: what a random draw decides on. */
  private static final int DROPPED = 23 - FRACTION;

  private static final int RANDOM = (1 << DROPPED) - 1;
  private static final int LARGEST_UNSIGNED = 0xff;
  private static final int LARGEST_SIGNED = 0x7f;
  private static final int SIGN = 0x80;

  /** Codes of one exponent. The largest one is for numbers that are rounded up to it. */
  private static final int EXPONENT = 1 << FRACTION;

  /** A float of this magnitude or more is infinite, NaN, or would be after rounding up. */
  private static final int NOT_FINITE = 0x7f000000;

  /** Largest magnitudes below this, 2<sup>-94</sup>, leave no room for smaller ones. */
  private static final int NOTHING = 0x10800000;

  @Override
  public float encodeInPlace(int[] bits, int largest, int[] random) {
    if (largest >= NOT_FINITE || largest < NOTHING) {
      Arrays.fill(bits, 0);
      return largest >= NOT_FINITE ? Float.NaN : 0;
    }
    boolean isSigned = hasNegative(bits);
    int largestCode = isSigned ? LARGEST_SIGNED : LARGEST_UNSIGNED;
    int base = (largest >> DROPPED & -EXPONENT) + 2 * EXPONENT - 1 - largestCode;
    if (isSigned) {
      encodeSigned(bits, random, base);
    } else {
      encodeUnsigned(bits, random, base);
    }
    float scale = Float.intBitsToFloat(base << DROPPED);
    return isSigned ? -scale : scale;
  }

  /** The base makes every code fit; only the lower end needs a look. */
  private static void encodeUnsigned(int[] bits, int[] random, int base) {
    for (int i = 0; i < Blocks.SIZE; i++) {
      int above = ((bits[i] + (random[i] & RANDOM)) >> DROPPED) - base - 1;
      bits[i] = (orZero(above) + 1) & onesUnlessZero(bits[i]);
    }
  }

  private static void encodeSigned(int[] bits, int[] random, int base) {
    for (int i = 0; i < Blocks.SIZE; i++) {
      int magnitude = bits[i] & NumberCode.NO_SIGN;
      int code = ((magnitude + (random[i] & RANDOM)) >> DROPPED) - base;
      bits[i] = orZero(code) | (bits[i] >>> 24 & SIGN);
    }
  }

  @Override
  public void decode(byte[] coded, int at, float scale, float[] values, int from, int end) {
    int bits = Float.floatToRawIntBits(scale);
    if (scale == 0 || Float.isNaN(scale)) {
      Arrays.fill(values, from, end, scale);
    } else if (bits >= 0) {
      decodeUnsigned(coded, at, bits >> DROPPED, values, from, end);
    } else {
      decodeSigned(coded, at, (bits & NumberCode.NO_SIGN) >> DROPPED, values, from, end);
    }
  }

  private static void decodeUnsigned(
      byte[] coded, int at, int base, float[] values, int from, int end) {
    for (int i = 0; i < end - from; i++) {
      int code = coded[at + i] & LARGEST_UNSIGNED;
      values[from + i] = code == 0 ? 0 : Float.intBitsToFloat((code + base) << DROPPED);
    }
  }

  private static void decodeSigned(
      byte[] coded, int at, int base, float[] values, int from, int end) {
    for (int i = 0; i < end - from; i++) {
      int code = coded[at + i] & LARGEST_SIGNED;
      int sign = (coded[at + i] & SIGN) << 24;
      values[from + i] = code == 0 ? 0 : Float.intBitsToFloat(((code + base) << DROPPED) | sign);
    }
  }

  private static boolean hasNegative(int[] bits) {
    int all = 0;
    for (int i = 0; i < Blocks.SIZE; i++) {
      all |= bits[i];
    }
    return all < 0;
  }

  /** The number, or 0 where it is negative, without a branch. */
  private static int orZero(int number) {
    return number & ~(number >> 31);
  }

  /** All bits set, or none where the number is 0; for numbers that are not negative. */
  private static int onesUnlessZero(int number) {
    return -number >> 31;
  }
}
