package org.shardmean.wire;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import org.shardmean.model.LittleEndianFloats;

/**
 * Floats in the form in which they cross: a vector, or two of the same length, one behind the
 * other, which share no block of a code. Adam's second moments are such a vector: beside first
 * moments, which are much larger, they would become zero. Java's own way to write floats takes
 * several times as long as that of {@link LittleEndianFloats}.
 */
final class CodedFloats implements Serializable {
  private static final long serialVersionUID = 1L;

  private transient NumberCode code;
  private transient int count;

  /** Numbers of the first vector; the second has the others. */
  private transient int first;

  /** The numbers themselves, where the code is {@link NumberCode#FLOAT32}; otherwise empty. */
  private transient float[] floats;

  private transient byte[] coded;

  private CodedFloats(NumberCode code, int count, int first, float[] floats, byte[] coded) {
    this.code = code;
    this.count = count;
    this.first = first;
    this.floats = floats;
    this.coded = coded;
  }

  /**
   * Parameters in a code; float32 holds the array, which is not copied.
   *
   * @param part which parameters they are
   */
  static CodedFloats of(float[] values, Part part, NumberCode code, int seed) {
    return of(values, values.length, code, seed, part.from(), part.of());
  }

  /** An optimizer's moments for these parameters in a code, likewise: of Adam two vectors. */
  static CodedFloats ofMoments(float[] values, Part part, NumberCode code, int seed) {
    return of(values, Math.min(part.size(), values.length), code, seed, part.from(), part.of());
  }

  /** An empty vector. */
  static CodedFloats none() {
    return new CodedFloats(NumberCode.FLOAT32, 0, 0, new float[0], new byte[0]);
  }

  private static CodedFloats of(
      float[] values, int first, NumberCode code, int seed, int index, int ofAll) {
    int count = values.length;
    if (code == NumberCode.FLOAT32) {
      return new CodedFloats(code, count, first, values, new byte[0]);
    }
    byte[] coded = new byte[Math.toIntExact(bytes(code, count, first))];
    code.coding().encode(values, 0, first, seed, index, coded, 0);
    code.coding()
        .encode(values, first, count, seed, ofAll + index, coded, startOfSecond(code, first));
    return new CodedFloats(code, count, first, new float[0], coded);
  }

  /** Of each vector numbers {@code from} to {@code end}, new, as if they had been coded alone. */
  CodedFloats part(int from, int end) {
    int size = end - from;
    int second = count > first ? size : 0;
    if (code == NumberCode.FLOAT32) {
      float[] some = new float[size + second];
      System.arraycopy(floats, from, some, 0, size);
      System.arraycopy(floats, second == 0 ? 0 : first + from, some, size, second);
      return new CodedFloats(code, size + second, size, some, new byte[0]);
    }
    byte[] some = new byte[Math.toIntExact(bytes(code, size + second, size))];
    code.coding().copy(coded, 0, first, from, end, some, 0);
    if (second > 0) {
      code.coding()
          .copy(
              coded,
              startOfSecond(code, first),
              count - first,
              from,
              end,
              some,
              startOfSecond(code, size));
    }
    return new CodedFloats(code, size + second, size, new float[0], some);
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The numbers, as far as the code holds them: new, or of float32 the array itself. */
  float[] values() {
    if (code == NumberCode.FLOAT32) {
      return floats;
    }
    float[] values = new float[count];
    code.coding().decode(coded, 0, values, 0, first);
    code.coding().decode(coded, startOfSecond(code, first), values, first, count);
    return values;
  }

  /** Bytes on the wire, but for a few of Java's own. */
  long bytes() {
    return bytes(code, count, first);
  }

  /** {@link #bytes} of a vector of so many numbers. */
  static long bytes(NumberCode code, int count) {
    return bytes(code, count, count);
  }

  /** {@link #bytes} of the moments for so many parameters. */
  static long bytesOfMoments(NumberCode code, int count, int parameters) {
    return bytes(code, count, Math.min(count, parameters));
  }

  private static long bytes(NumberCode code, int count, int first) {
    return code.coding().bytes(first) + code.coding().bytes(count - first);
  }

  private static int startOfSecond(NumberCode code, int first) {
    return Math.toIntExact(code.coding().bytes(first));
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    writeTo(out);
  }

  private void readObject(ObjectInputStream in) throws IOException {
    readFrom(in);
  }

  static CodedFloats read(DataInput in) throws IOException {
    CodedFloats read = none();
    read.readFrom(in);
    return read;
  }

  /** Both kinds of stream write data as well as bytes. */
  <S extends OutputStream & DataOutput> void writeTo(S out) throws IOException {
    out.writeUTF(code.name());
    out.writeInt(count);
    out.writeInt(first);
    LittleEndianFloats.write(floats, out);
    out.write(coded);
  }

  private void readFrom(DataInput in) throws IOException {
    code = NumberCode.valueOf(in.readUTF());
    count = in.readInt();
    first = in.readInt();
    boolean isPlain = code == NumberCode.FLOAT32;
    floats = new float[isPlain ? count : 0];
    coded = new byte[isPlain ? 0 : Math.toIntExact(bytes())];
    LittleEndianFloats.read(floats, in);
    in.readFully(coded);
  }
}
