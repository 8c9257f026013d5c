package org.shardmean.wire;

/**
 * How an array of floats becomes bytes and back. The shorter codes round at random, up or down with
 * the chances that make the mean right (stochastic rounding: Gupta et al., "Deep Learning with
 * Limited Numerical Precision", 2015, section 3); every draw depends on the seed and the number's
 * index alone. Zero stays zero. A NaN or an infinity does not come back as a finite number, though
 * it may spread to its block.
 */
enum NumberCode {
  /** As they are. Nothing is coded or copied; {@link CodedFloats} keeps the array itself. */
  FLOAT32,

  /** The upper half of a float: sign, 8 bits of exponent, 7 of fraction. */
  BFLOAT16,

  /** Blocks of whole numbers from -127 to 127, times the block's scale. */
  INT8,

  /** Blocks of numbers with exponents of their own, relative to the block's largest. */
  FLOAT8;

  /** The bits of a float but for its sign. */
  static final int NO_SIGN = 0x7fffffff;

  private static final Coding UNCODED = new Uncoded();
  private static final Coding UPPER_HALVES = new UpperHalves();
  private static final Coding INTEGER_BLOCKS = new Blocks(new IntegerBlock());
  private static final Coding FLOAT_BLOCKS = new Blocks(new FloatBlock());

  /** The work of one code. */
  interface Coding {
    /** Bytes that so many numbers take. */
    long bytes(int count);

    /**
     * Codes numbers {@code from} to {@code end} into the bytes from {@code at} on.
     *
     * @param index of the first of them, for its random bits
     */
    void encode(float[] values, int from, int end, int seed, int index, byte[] coded, int at);

    /** Takes numbers {@code from} to {@code end} back from the bytes from {@code at} on. */
    void decode(byte[] coded, int at, float[] values, int from, int end);

    /**
     * The bytes of some of {@code count} coded numbers, as if these had been coded alone.
     *
     * @param at where the bytes of all of them begin
     * @param from the first of them, a multiple of {@link Blocks#SIZE}
     */
    void copy(byte[] coded, int at, int count, int from, int end, byte[] into, int to);
  }

  Coding coding() {
    return switch (this) {
      case FLOAT32 -> UNCODED;
      case BFLOAT16 -> UPPER_HALVES;
      case INT8 -> INTEGER_BLOCKS;
      case FLOAT8 -> FLOAT_BLOCKS;
    };
  }

  private static final class Uncoded implements Coding {
    @Override
    public long bytes(int count) {
      return (long) Float.BYTES * count;
    }

    @Override
    public void encode(
        float[] values, int from, int end, int seed, int index, byte[] coded, int at) {
      throw new UnsupportedOperationException("these floats are not coded");
    }

    @Override
    public void decode(byte[] coded, int at, float[] values, int from, int end) {
      throw new UnsupportedOperationException("these floats are not coded");
    }

    @Override
    public void copy(byte[] coded, int at, int count, int from, int end, byte[] into, int to) {
      throw new UnsupportedOperationException("these floats are not coded");
    }
  }
}
