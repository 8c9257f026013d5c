package org.shardmean.wire;

import static java.util.Objects.requireNonNull;

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
final class Blocks implements NumberCode.Coding {
  /** Numbers in a block; the last block may be shorter. */
  static final int SIZE = 128;

  private final Code code;

  Blocks(Code code) {
    this.code = requireNonNull(code, "code");
  }

  /** How one block is coded; keeps nothing from block to block. */
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

    /** Takes numbers {@code from} to {@code end} back from the bytes from {@code at} on. */
    void decode(byte[] coded, int at, float scale, float[] values, int from, int end);
  }

  @Override
  public long bytes(int count) {
    return count + (long) Float.BYTES * blocks(count);
  }

  @Override
  public void encode(float[] values, int from, int end, int seed, int index, byte[] coded, int at) {
    ByteBuffer scales = scales(coded, at, end - from);
    int[] bits = new int[SIZE];
    int[] random = new int[SIZE];
    for (int start = from; start < end; start += SIZE) {
      int count = Math.min(SIZE, end - start);
      bitsOf(values, start, count, bits);
      RandomBits.fill(random, seed, index + start - from);
      scales.putFloat(code.encodeInPlace(bits, largest(bits), random));
      int to = at + start - from;
      for (int i = 0; i < count; i++) {
        coded[to + i] = (byte) bits[i];
      }
    }
  }

  @Override
  public void decode(byte[] coded, int at, float[] values, int from, int end) {
    ByteBuffer scales = scales(coded, at, end - from);
    for (int start = from; start < end; start += SIZE) {
      code.decode(
          coded, at + start - from, scales.getFloat(), values, start, Math.min(start + SIZE, end));
    }
  }

  @Override
  public void copy(byte[] coded, int at, int count, int from, int end, byte[] into, int to) {
    System.arraycopy(coded, at + from, into, to, end - from);
    int scalesBefore = Float.BYTES * (from / SIZE);
    System.arraycopy(
        coded, at + count + scalesBefore, into, to + end - from, Float.BYTES * blocks(end - from));
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

  /** The floats of the blocks, behind {@code count} numbers that begin at {@code at}. */
  private static ByteBuffer scales(byte[] coded, int at, int count) {
    int start = at + count;
    return ByteBuffer.wrap(coded, start, coded.length - start).order(ByteOrder.LITTLE_ENDIAN);
  }
}
