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
 * Floats in the form in which they cross. Java's own way to write floats takes several times as
 * long as that of {@link LittleEndianFloats}.
 */
final class CodedFloats implements Serializable {
  private static final long serialVersionUID = 1L;

  private transient NumberCode code;
  private transient int count;

  /** The numbers themselves, where the code is {@link NumberCode#FLOAT32}; otherwise empty. */
  private transient float[] floats;

  private transient byte[] coded;

  private CodedFloats(NumberCode code, int count, float[] floats, byte[] coded) {
    this.code = code;
    this.count = count;
    this.floats = floats;
    this.coded = coded;
  }

  /** The values in a code; float32 holds the array, which is not copied. */
  static CodedFloats of(float[] values, NumberCode code, int seed) {
    return code == NumberCode.FLOAT32
        ? new CodedFloats(code, values.length, values, new byte[0])
        : new CodedFloats(code, values.length, new float[0], code.encode(values, seed));
  }

  /** The numbers, as far as the code holds them: new, or of float32 the array itself. */
  float[] values() {
    return code == NumberCode.FLOAT32 ? floats : code.decode(coded, count);
  }

  /** Bytes on the wire, but for a few of Java's own. */
  long bytes() {
    return code.bytes(count);
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    writeTo(out);
  }

  private void readObject(ObjectInputStream in) throws IOException {
    readFrom(in);
  }

  static CodedFloats read(DataInput in) throws IOException {
    CodedFloats read = new CodedFloats(NumberCode.FLOAT32, 0, new float[0], new byte[0]);
    read.readFrom(in);
    return read;
  }

  /** Both kinds of stream write data as well as bytes. */
  <S extends OutputStream & DataOutput> void writeTo(S out) throws IOException {
    out.writeUTF(code.name());
    out.writeInt(count);
    LittleEndianFloats.write(floats, out);
    out.write(coded);
  }

  private void readFrom(DataInput in) throws IOException {
    code = NumberCode.valueOf(in.readUTF());
    count = in.readInt();
    boolean isPlain = code == NumberCode.FLOAT32;
    floats = new float[isPlain ? count : 0];
    coded = new byte[isPlain ? 0 : Math.toIntExact(code.bytes(count))];
    LittleEndianFloats.read(floats, in);
    in.readFully(coded);
  }
}
