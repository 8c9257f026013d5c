package org.shardmean.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads an event file of TensorBoard's as its documents describe it: TFRecord with masked CRC-32C,
 * computed here bit by bit, and Event messages in Protocol Buffers.
 */
final class EventRecords {
  /** Castagnoli's polynomial (RFC 3720, appendix B.4), its bits the other way round. */
  private static final int POLYNOMIAL = 0x82f63b78;

  private EventRecords() {}

  /**
   * An event.
   *
   * @param version empty in all but the first
   * @param scalars by tag
   */
  record Event(double seconds, long step, String version, Map<String, Float> scalars) {}

  static List<Event> read(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(length);
      assertEquals(masked(length), in.getInt(), "sum of a length");
      byte[] data =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      in.get(data);
      assertEquals(masked(data), in.getInt(), "sum of a record's data");
      events.add(event(data));
    }
    return events;
  }

  static int masked(byte[] bytes) {
    int crc = crc32c(bytes);
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  static int crc32c(byte[] bytes) {
    int crc = -1;
    for (byte one : bytes) {
      crc ^= one & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
      }
    }
    return ~crc;
  }

  private static Event event(byte[] data) {
    Map<Integer, List<byte[]>> fields = fields(data);
    Map<String, Float> scalars = new LinkedHashMap<>();
    for (byte[] summary : fields.getOrDefault(5, List.of())) {
      for (byte[] value : fields(summary).getOrDefault(1, List.of())) {
        Map<Integer, List<byte[]>> parts = fields(value);
        scalars.put(new String(only(parts, 1), UTF_8), little(only(parts, 2)).getFloat());
      }
    }
    return new Event(
        little(only(fields, 1)).getDouble(),
        fields.containsKey(2) ? little(only(fields, 2)).getLong() : 0,
        fields.containsKey(3) ? new String(only(fields, 3), UTF_8) : "",
        scalars);
  }

  /** Each field's values by its number; a whole number as 8 bytes. */
  private static Map<Integer, List<byte[]>> fields(byte[] message) {
    Map<Integer, List<byte[]>> fields = new TreeMap<>();
    ByteBuffer in = little(message);
    while (in.hasRemaining()) {
      long key = varint(in);
      byte[] value =
          switch ((int) (key & 7)) {
            case 0 -> eightBytes(varint(in));
            case 1 -> taken(in, 8);
            case 2 -> taken(in, (int) varint(in));
            case 5 -> taken(in, 4);
            default -> throw new AssertionError("wire type " + (key & 7));
          };
      fields.computeIfAbsent((int) (key >>> 3), number -> new ArrayList<>()).add(value);
    }
    return fields;
  }

  private static byte[] only(Map<Integer, List<byte[]>> fields, int number) {
    assertTrue(fields.containsKey(number), "field " + number + " in " + fields.keySet());
    assertEquals(1, fields.get(number).size(), Arrays.toString(fields.keySet().toArray()));
    return fields.get(number).get(0);
  }

  private static byte[] taken(ByteBuffer in, int count) {
    byte[] bytes = new byte[count];
    in.get(bytes);
    return bytes;
  }

  private static byte[] eightBytes(long value) {
    byte[] bytes = new byte[8];
    little(bytes).putLong(value);
    return bytes;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
