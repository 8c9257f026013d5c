package org.shardmean.export;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * An event file of TensorBoard's in the making: records (TensorFlow's TFRecord format) of its Event
 * messages (event.proto, summary.proto).
 *
 * <p>A record is the length of its data in 8 bytes, the masked CRC-32C of these, the data, and the
 * masked CRC-32C of the data; all little-endian. A sum is masked by turning it 15 bits to the right
 * and adding {@code 0xa282ead8}.
 */
public final class EventFile implements Closeable {
  private static final int MASK = 0xa282ead8;
  private static final String VERSION = "brain.Event:2";

  private final OutputStream out;

  /**
   * Begins the file; the stream is closed with it.
   *
   * @param seconds since 1970
   */
  public EventFile(OutputStream out, double seconds) throws IOException {
    this.out = requireNonNull(out, "out");
    append(new ProtobufMessage().real(1, seconds).text(3, VERSION));
  }

  /**
   * Adds numbers.
   *
   * @param seconds since 1970
   * @param step such as the epoch
   * @param scalars by their names; a name's part before a slash is its group
   */
  public void append(double seconds, long step, Map<String, Double> scalars) throws IOException {
    ProtobufMessage summary = new ProtobufMessage();
    scalars.forEach(
        (tag, value) ->
            summary.message(1, new ProtobufMessage().text(1, tag).single(2, value.floatValue())));
    append(new ProtobufMessage().real(1, seconds).number(2, step).message(5, summary));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void append(ProtobufMessage event) throws IOException {
    byte[] data = event.toBytes();
    byte[] length = new byte[Long.BYTES];
    littleEndian(length).putLong(data.length);
    out.write(length);
    out.write(maskedSum(length));
    out.write(data);
    out.write(maskedSum(data));
  }

  private static byte[] maskedSum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    byte[] sum = new byte[Integer.BYTES];
    littleEndian(sum).putInt(masked);
    return sum;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
