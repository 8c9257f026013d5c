package org.shardmean.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/**
 * How an array of floats becomes bytes and back. The shorter codes round at random, up or down with
 * the chances that make the mean right (stochastic rounding: Gupta et al., "Deep Learning with
 * Limited Numerical Precision", 2015, section 3); every draw depends on the seed and the number's
 * index alone. Zero stays zero. A NaN or an infinity does not come back as a finite number, though
 * it may spread to its block.
 */
enum NumberCode {
  /** As they are. Coding and decoding copy nothing; {@link CodedFloats} keeps the array itself. */
  FLOAT32 {
    @Override
    long bytes(int count) {
      return (long) Float.BYTES * count;
    }

    @Override
    byte[] encode(float[] values, int seed) {
      throw new UnsupportedOperationException("these floats are not coded");
    }

    @Override
    float[] decode(byte[] coded, int count) {
      throw new UnsupportedOperationException("these floats are not coded");
    }
  },

  /** The upper half of a float: sign, 8 bits of exponent, 7 of fraction. */
  BFLOAT16 {
    @Override
    long bytes(int count) {
      return (long) Short.BYTES * count;
    }

    @Override
    byte[] encode(float[] values, int seed) {
      short[] halves = new short[values.length];
      int[] random = new int[Blocks.SIZE];
      for (int from = 0; from < values.length; from += Blocks.SIZE) {
        RandomBits.fill(random, seed, from);
        int count = Math.min(Blocks.SIZE, values.length - from);
        for (int i = 0; i < count; i++) {
          halves[from + i] = half(values[from + i], random[i] >>> 16);
        }
      }
      ByteBuffer coded = ByteBuffer.allocate(Short.BYTES * values.length);
      shorts(coded).put(halves);
      return coded.array();
    }

    @Override
    float[] decode(byte[] coded, int count) {
      short[] halves = new short[count];
      shorts(ByteBuffer.wrap(coded)).get(halves);
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = Float.intBitsToFloat(halves[i] << 16);
      }
      return values;
    }
  },

  /** Blocks of whole numbers from -127 to 127, times the block's scale. */
  INT8 {
    @Override
    long bytes(int count) {
      return Blocks.bytes(count);
    }

    @Override
    byte[] encode(float[] values, int seed) {
      return Blocks.encode(values, seed, new IntegerBlock());
    }

    @Override
    float[] decode(byte[] coded, int count) {
      return Blocks.decode(coded, count, new IntegerBlock());
    }
  },

  /** Blocks of numbers with exponents of their own, relative to the block's largest. */
  FLOAT8 {
    @Override
    long bytes(int count) {
      return Blocks.bytes(count);
    }

    @Override
    byte[] encode(float[] values, int seed) {
      return Blocks.encode(values, seed, new FloatBlock());
    }

    @Override
    float[] decode(byte[] coded, int count) {
      return Blocks.decode(coded, count, new FloatBlock());
    }
  };

  /** The bits of a float but for its sign. */
  static final int NO_SIGN = 0x7fffffff;

  /** Bits of the largest number that the upper half of a float holds. */
  private static final int LARGEST_ROUNDED = 0x7f7fffff;

  /** Bytes that so many numbers take. */
  abstract long bytes(int count);

  /** The numbers as {@link #bytes} bytes, new. */
  abstract byte[] encode(float[] values, int seed);

  /** The numbers that {@link #encode} made bytes of, as far as the code holds them, new. */
  abstract float[] decode(byte[] coded, int count);

  /** The upper half of a float after rounding; a finite number stays finite. */
  private static short half(float value, int up) {
    int bits = Float.floatToRawIntBits(value);
    int mostUp = Math.max(0, LARGEST_ROUNDED - (bits & NO_SIGN));
    return (short) ((bits + Math.min(up, mostUp)) >>> 16);
  }

  private static ShortBuffer shorts(ByteBuffer bytes) {
    return bytes.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
  }
}
