package org.shardmean.data;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** PNG files put together chunk by chunk, sound ones and others. */
final class PngFile {
  static final int GREY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int GREY_ALPHA = 4;
  static final int RGB_ALPHA = 6;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  PngFile() {
    bytes.writeBytes(PngChunks.SIGNATURE);
  }

  /** A sound file; {@code rows} without the filter bytes. */
  static byte[] of(int width, int height, int depth, int colour, byte[] rows) {
    return new PngFile().header(width, height, depth, colour).pixels(height, rows).end().bytes();
  }

  PngFile header(int width, int height, int depth, int colour) {
    return chunk(
        "IHDR",
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put((byte) depth)
            .put((byte) colour)
            .array());
  }

  PngFile pixels(int height, byte[] rows) {
    int rowBytes = rows.length / height;
    ByteBuffer filtered = ByteBuffer.allocate(rows.length + height);
    for (int row = 0; row < height; row++) {
      filtered.put((byte) 0).put(rows, row * rowBytes, rowBytes);
    }
    return chunk("IDAT", deflated(filtered.array()));
  }

  PngFile end() {
    return chunk("IEND", new byte[0]);
  }

  PngFile chunk(String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(data);
    try {
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(data.length);
      out.write(name);
      out.write(data);
      out.writeInt((int) sum.getValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  static byte[] deflated(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
