package org.shardmean.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/** The upper 16 bits of each float, little-endian. */
final class UpperHalves implements NumberCode.Coding {
  /** Bits of the largest number that the upper half of a float holds. */
  private static final int LARGEST = 0x7f7fffff;

  @Override
  public long bytes(int count) {
    return (long) Short.BYTES * count;
  }

  @Override
  public void encode(float[] values, int from, int end, int seed, int index, byte[] coded, int at) {
    short[] halves = new short[end - from];
    int[] random = new int[Blocks.SIZE];
    for (int start = from; start < end; start += Blocks.SIZE) {
      RandomBits.fill(random, seed, index + start - from);
      int count = Math.min(Blocks.SIZE, end - start);
      for (int i = 0; i < count; i++) {
        halves[start - from + i] = half(values[start + i], random[i] >>> 16);
      }
    }
    shorts(coded, at).put(halves);
  }

  @Override
  public void decode(byte[] coded, int at, float[] values, int from, int end) {
    short[] halves = new short[end - from];
    shorts(coded, at).get(halves);
    for (int i = 0; i < halves.length; i++) {
      values[from + i] = Float.intBitsToFloat(halves[i] << 16);
    }
  }

  @Override
  public void copy(byte[] coded, int at, int count, int from, int end, byte[] into, int to) {
    System.arraycopy(coded, at + Short.BYTES * from, into, to, Short.BYTES * (end - from));
  }

  /** The upper half of a float after rounding; a finite number stays finite. */
  private static short half(float value, int up) {
    int bits = Float.floatToRawIntBits(value);
    int mostUp = Math.max(0, LARGEST - (bits & NumberCode.NO_SIGN));
    return (short) ((bits + Math.min(up, mostUp)) >>> 16);
  }

  private static ShortBuffer shorts(byte[] coded, int at) {
    return ByteBuffer.wrap(coded, at, coded.length - at)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asShortBuffer();
  }
}
