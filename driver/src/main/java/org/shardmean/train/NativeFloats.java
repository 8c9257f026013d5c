package org.shardmean.train;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A vector of floats outside the Java heap, where BLAS can work without copying. Java's own loops
 * run on heap arrays, which alone the compiler turns into vector instructions; {@link #put} and
 * {@link #get} carry the floats between the two at the speed of a memory copy.
 */
final class NativeFloats implements AutoCloseable {
  private static final int CACHE_LINE_FLOATS = 16;

  private final FloatPointer allocated;
  private final long first;
  private final FloatBuffer floats;

  /**
   * Zeros, beginning on a cache line.
   *
   * @throws IllegalArgumentException if {@code length} floats are more than 2 GB
   */
  NativeFloats(long length) {
    if (length > Integer.MAX_VALUE / Float.BYTES - CACHE_LINE_FLOATS) {
      throw new IllegalArgumentException(
          "a batch's matrix must be below 2 GB, found %d floats; make the batch or layer smaller"
              .formatted(length));
    }
    allocated = new FloatPointer(length + CACHE_LINE_FLOATS);
    long misaligned = allocated.address() / Float.BYTES % CACHE_LINE_FLOATS;
    first = (CACHE_LINE_FLOATS - misaligned) % CACHE_LINE_FLOATS;
    FloatPointer aligned = new FloatPointer(allocated).position(first).limit(first + length);
    floats = aligned.asBuffer().slice();
    aligned.fill(0);
  }

  /** Copies {@code length} floats of {@code from}, beginning at {@code offset}, to {@code at}. */
  void put(int at, float[] from, int offset, int length) {
    floats.put(at, from, offset, length);
  }

  /** Copies {@code length} floats, beginning at {@code at}, to {@code into} at {@code offset}. */
  void get(int at, float[] into, int offset, int length) {
    floats.get(at, into, offset, length);
  }

  /** Copies {@code length} floats of {@code from}, beginning at {@code offset}, to {@code at}. */
  void copy(int at, NativeFloats from, int offset, int length) {
    floats.put(at, from.floats, offset, length);
  }

  /** Where BLAS finds the float at {@code at}; a view, valid until {@link #close}. */
  FloatPointer pointer(int at) {
    return new FloatPointer(allocated).position(first + at);
  }

  /** Gives the memory back now; nothing may touch it any more. */
  @Override
  public void close() {
    allocated.deallocate();
  }
}
