package org.shardmean.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Arrays coded in blocks of {@link #SIZE} numbers, a byte each, with a float of four bytes for each
 * block: so a large number costs precision among its neighbours only. All numbers come first, then
 * the blocks' floats, little-endian.
 *
 * <p>Coding goes through a block several times, each time with one kind of work, which the compiler
 * makes vector instructions of; one loop with all of it takes twice as long.
 */
final class Blocks {
  /** Numbers in a block; the last block may be shorter. */
  static final int SIZE = 128;

  private Blocks() {}

  /** A code of blocks. */
  interface Code {
    /**
     * Codes one block.
     *
     * @param bits of its numbers, as floats; then holds the codes, of which the lowest byte counts
     * @param largest the largest magnitude among them, as bits without a sign
     * @param random bits for each number
     * @return the block's float, NaN where a number is not finite
     */
    float encodeInPlace(int[] bits, int largest, int[] random);

    /** Takes numbers {@code from} to {@code end} back from the bytes of the same places. */
    void decode(byte[] coded, int from, int end, float scale, float[] values);
  }

  static long bytes(int count) {
    return count + (long) Float.BYTES * blocks(count);
  }

  static byte[] encode(float[] values, int seed, Code code) {
    byte[] coded = new byte[Math.toIntExact(bytes(values.length))];
    ByteBuffer scales = scales(coded, values.length);
    int[] bits = new int[SIZE];
    int[] random = new int[SIZE];
    for (int from = 0; from < values.length; from += SIZE) {
      int count = Math.min(SIZE, values.length - from);
      bitsOf(values, from, count, bits);
      RandomBits.fill(random, seed, from);
      scales.putFloat(code.encodeInPlace(bits, largest(bits), random));
      for (int i = 0; i < count; i++) {
        coded[from + i] = (byte) bits[i];
      }
    }
    return coded;
  }

  static float[] decode(byte[] coded, int count, Code code) {
    float[] values = new float[count];
    ByteBuffer scales = scales(coded, count);
    for (int from = 0; from < count; from += SIZE) {
      code.decode(coded, from, Math.min(from + SIZE, count), scales.getFloat(), values);
    }
    return values;
  }

  /** Of {@code count} numbers; then zeros. */
  private static void bitsOf(float[] values, int from, int count, int[] bits) {
    for (int i = 0; i < count; i++) {
      bits[i] = Float.floatToRawIntBits(values[from + i]);
    }
    for (int i = count; i < SIZE; i++) {
      bits[i] = 0;
    }
  }

  /** The largest magnitude, as bits without a sign; of NaN and infinities larger than any other. */
  private static int largest(int[] bits) {
    int largest0 = 0;
    int largest1 = 0;
    int largest2 = 0;
    int largest3 = 0;
    for (int i = 0; i < SIZE; i += 4) {
      largest0 = Math.max(largest0, bits[i] & NumberCode.NO_SIGN);
      largest1 = Math.max(largest1, bits[i + 1] & NumberCode.NO_SIGN);
      largest2 = Math.max(largest2, bits[i + 2] & NumberCode.NO_SIGN);
      largest3 = Math.max(largest3, bits[i + 3] & NumberCode.NO_SIGN);
    }
    return Math.max(Math.max(largest0, largest1), Math.max(largest2, largest3));
  }

  private static int blocks(int count) {
    return (int) (((long) count + SIZE - 1) / SIZE);
  }

  private static ByteBuffer scales(byte[] coded, int count) {
    return ByteBuffer.wrap(coded, count, coded.length - count).order(ByteOrder.LITTLE_ENDIAN);
  }
}
