package org.shardmean.model;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;

/**
 * A flat vector as {@code Nd4j.write} of ND4J 1.0.0-M2.1 writes one: two buffers, first its shape
 * information, then its values. A buffer is the name of an allocation mode, how many numbers follow
 * (64 bits), the name of their type, and they themselves; all of it big-endian, names in modified
 * UTF-8.
 *
 * <p>The shape information of n values is {@code rank, shape, strides, type bits, element stride,
 * order}, each a long: 6 of them for a vector, 8 for a row of 1 × n, which older versions wrote.
 */
final class Nd4jVector {
  /** More than a vector's shape information and the two buffers' beginnings can take. */
  static final int MOST_HEADER_BYTES = 1024;

  private static final String MODE = "MIXED_DATA_TYPES";

  /** Two names for one form. The forms before counted in 32 bits; DL4J wrote those until 2018. */
  private static final Set<String> MODES = Set.of(MODE, "LONG_SHAPE");

  private static final int VECTOR = 1;
  private static final int ROW = 2;

  /** Among the type bits of shape information. */
  private static final long FLOAT_BIT = 1 << 13;

  private static final long ROW_MAJOR = 'c';

  /** At first, space is allocated for no more; then only as fast as values arrive. */
  private static final int FIRST_VALUES = 1 << 22;

  private static final int CHUNK_VALUES = 1 << 13;

  /** How a value is written. */
  private enum Format {
    FLOAT(4) {
      @Override
      float next(ByteBuffer bytes) {
        return bytes.getFloat();
      }
    },
    DOUBLE(8) {
      @Override
      float next(ByteBuffer bytes) {
        return (float) bytes.getDouble();
      }
    },
    HALF(2) {
      /** IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction. */
      @Override
      float next(ByteBuffer bytes) {
        int bits = bytes.getShort();
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float size =
            switch (exponent) {
              case 0 -> Math.scalb((float) fraction, -24);
              case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
              default -> Math.scalb((float) (fraction | 0x400), exponent - 25);
            };
        return bits < 0 ? -size : size;
      }
    };

    private final int width;

    Format(int width) {
      this.width = width;
    }

    /** Takes one value off the bytes. */
    abstract float next(ByteBuffer bytes);

    static Format named(String name) throws IOException {
      for (Format format : values()) {
        if (format.name().equals(name)) {
          return format;
        }
      }
      throw new IOException("parameters of type %s, not FLOAT, DOUBLE or HALF".formatted(name));
    }
  }

  private Nd4jVector() {}

  /**
   * The parameters of a network, every one finite.
   *
   * @throws IOException if it is no such vector, has another length, or a value is not finite; an
   *     EOFException where it is cut short
   */
  static float[] read(InputStream in, ModelSpec spec) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int count = spec.parameters();
    requireLength(readShape(data), spec);
    requireMode(data);
    requireLength(data.readLong(), spec);
    return readValues(data, Format.named(data.readUTF()), count);
  }

  /** Writes a vector of single-precision values. */
  static void write(float[] values, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    long[] shape = {VECTOR, values.length, 1, FLOAT_BIT, 1, ROW_MAJOR};
    writeHeader(data, shape.length, "LONG");
    for (long number : shape) {
      data.writeLong(number);
    }
    writeHeader(data, values.length, Format.FLOAT.name());
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_VALUES * Float.BYTES);
    for (int at = 0; at < values.length; at += CHUNK_VALUES) {
      int count = Math.min(CHUNK_VALUES, values.length - at);
      chunk.asFloatBuffer().put(values, at, count);
      data.write(chunk.array(), 0, count * Float.BYTES);
    }
  }

  private static void writeHeader(DataOutputStream data, long count, String type)
      throws IOException {
    data.writeUTF(MODE);
    data.writeLong(count);
    data.writeUTF(type);
  }

  /** How many values the shape information promises. */
  private static long readShape(DataInputStream data) throws IOException {
    requireMode(data);
    long length = data.readLong();
    String type = data.readUTF();
    long rank = data.readLong();
    if ((rank != VECTOR && rank != ROW) || length != 2 * rank + 4 || !type.equals("LONG")) {
      throw new IOException(
          "parameters of rank %d, with %d numbers of type %s as shape information, not a vector"
              .formatted(rank, length, type));
    }
    long rows = rank == ROW ? data.readLong() : 1;
    long count = data.readLong();
    long rowStride = rank == ROW ? data.readLong() : 1;
    long stride = data.readLong();
    data.skipNBytes(3 * Long.BYTES);
    if (rows != 1 || (stride != 1 && count != 1)) {
      throw new IOException(
          "parameters of shape %d × %d with strides %d and %d, not a row without gaps"
              .formatted(rows, count, rowStride, stride));
    }
    return count;
  }

  private static void requireMode(DataInputStream data) throws IOException {
    String mode = data.readUTF();
    if (!MODES.contains(mode)) {
      throw new IOException(
          "parameters in a form %s, not %s; a DL4J of 2018 or older may have written them"
              .formatted(mode, String.join(" or ", MODES)));
    }
  }

  private static void requireLength(long found, ModelSpec spec) throws IOException {
    if (found != spec.parameters()) {
      throw new IOException(
          "parameters of another network: %s has %d parameters, found %d"
              .formatted(spec.written(), spec.parameters(), found));
    }
  }

  private static float[] readValues(InputStream in, Format format, int count) throws IOException {
    float[] values = new float[Math.min(count, FIRST_VALUES)];
    byte[] chunk = new byte[CHUNK_VALUES * format.width];
    for (int at = 0; at < count; ) {
      if (at == values.length) {
        values = Arrays.copyOf(values, (int) Math.min(count, 2L * at));
      }
      int taken = Math.min(CHUNK_VALUES, values.length - at);
      int bytes = taken * format.width;
      if (in.readNBytes(chunk, 0, bytes) < bytes) {
        throw new EOFException("the end before all parameters");
      }
      ByteBuffer next = ByteBuffer.wrap(chunk, 0, bytes);
      for (int end = at + taken; at < end; at++) {
        values[at] = finite(format.next(next), at);
      }
    }
    return values;
  }

  private static float finite(float value, int index) throws IOException {
    if (!Float.isFinite(value)) {
      throw new IOException("parameter %d is %s".formatted(index, value));
    }
    return value;
  }
}
