package org.shardmean.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A message of Protocol Buffers in the making: its fields in the order they were added. Only what
 * ONNX and TensorBoard need of the encoding (protobuf.dev, "Encoding"): whole numbers as varints,
 * real ones in 8 or 4 bytes, and texts, bytes and messages behind their length. What is large is
 * kept as a {@link Content} and only written.
 */
final class ProtobufMessage {
  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FOUR_BYTES = 5;

  private final List<Field> fields = new ArrayList<>();
  private long size;

  /** A field's bytes, without its number and length. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private record Field(byte[] head, Content content) {}

  /** How many bytes it takes. */
  long size() {
    return size;
  }

  /** Adds a whole number: an int64, an int32 or a constant of an enum. */
  ProtobufMessage number(int field, long value) {
    return add(joined(varint(field * 8L + VARINT), varint(value)), 0, out -> {});
  }

  /** Adds a double. */
  ProtobufMessage real(int field, double value) {
    byte[] bytes = new byte[Double.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putDouble(value);
    return add(joined(varint(field * 8L + EIGHT_BYTES), bytes), 0, out -> {});
  }

  /** Adds a float. */
  ProtobufMessage single(int field, float value) {
    byte[] bytes = new byte[Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(value);
    return add(joined(varint(field * 8L + FOUR_BYTES), bytes), 0, out -> {});
  }

  /** Adds a text. */
  ProtobufMessage text(int field, String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    return bytes(field, utf8.length, out -> out.write(utf8));
  }

  /** Adds a message, which must not change any more. */
  ProtobufMessage message(int field, ProtobufMessage message) {
    return bytes(field, message.size, message::writeTo);
  }

  /** Adds so many bytes, which the content writes when this message is written. */
  ProtobufMessage bytes(int field, long count, Content content) {
    byte[] head = joined(varint(field * 8L + LENGTH_DELIMITED), varint(count));
    return add(head, count, content);
  }

  /** Writes all fields and leaves the stream open. */
  void writeTo(OutputStream out) throws IOException {
    for (Field field : fields) {
      out.write(field.head);
      field.content.writeTo(out);
    }
  }

  /** All fields, of a message that is small. */
  byte[] toBytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writeTo(bytes);
    return bytes.toByteArray();
  }

  private ProtobufMessage add(byte[] head, long count, Content content) {
    fields.add(new Field(head, content));
    size += head.length + count;
    return this;
  }

  /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
  private static byte[] varint(long value) {
    byte[] bytes = new byte[Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7)];
    for (int i = 0; i < bytes.length; i++) {
      long seven = (value >>> (7 * i)) & 0x7f;
      bytes[i] = (byte) (i == bytes.length - 1 ? seven : seven + 0x80);
    }
    return bytes;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
