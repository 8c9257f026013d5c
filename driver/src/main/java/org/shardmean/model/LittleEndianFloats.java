package org.shardmean.model;

import java.io.DataInput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Arrays of float32 as bytes, little-endian, one after another and without a length. */
public final class LittleEndianFloats {
  private static final int AT_ONCE = 4096;

  private LittleEndianFloats() {}

  /** Writes all values and leaves the stream open. */
  public static void write(float[] values, OutputStream out) throws IOException {
    write(values, 0, values.length, out);
  }

  /** Writes {@code count} values beginning with that at {@code from}; leaves the stream open. */
  public static void write(float[] values, int from, int count, OutputStream out)
      throws IOException {
    byte[] bytes = new byte[AT_ONCE * Float.BYTES];
    FloatBuffer floats = viewOf(bytes);
    for (int written = 0; written < count; written += AT_ONCE) {
      int now = Math.min(AT_ONCE, count - written);
      floats.put(0, values, from + written, now);
      out.write(bytes, 0, now * Float.BYTES);
    }
  }

  /**
   * Fills the array.
   *
   * @throws java.io.EOFException if there are too few bytes
   */
  public static void read(float[] into, DataInput in) throws IOException {
    byte[] bytes = new byte[AT_ONCE * Float.BYTES];
    FloatBuffer floats = viewOf(bytes);
    for (int from = 0; from < into.length; from += AT_ONCE) {
      int count = Math.min(AT_ONCE, into.length - from);
      in.readFully(bytes, 0, count * Float.BYTES);
      floats.get(0, into, from, count);
    }
  }

  private static FloatBuffer viewOf(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}
