package org.shardmean.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A zip file's own bytes on their way to ZipInputStream, which never looks at the last record: that
 * one tells a file that was cut short, or has something behind its end. The record, 22 bytes in
 * little-endian order, is in PKWARE's APPNOTE, 4.3.16.
 */
final class ZipFileStream extends InputStream {
  private static final int LAST_RECORD = 'P' | 'K' << 8 | 5 << 16 | 6 << 24;
  private static final int RECORD_BYTES = 22;

  /** The last bytes read, in their order; zeros before the first. */
  private final byte[] last = new byte[RECORD_BYTES];

  private final InputStream in;
  private long bytes;

  ZipFileStream(InputStream in) {
    this.in = in;
  }

  /** How many were read. */
  long bytes() {
    return bytes;
  }

  /** Reads on to the end of the file, which must not be further away than {@code mostBytes}. */
  void drain(long mostBytes) throws IOException {
    byte[] buffer = new byte[1 << 13];
    for (long left = mostBytes; left > 0; ) {
      int read = read(buffer, 0, buffer.length);
      if (read < 0) {
        return;
      }
      left -= read;
    }
    throw new IOException("a zip file with bytes behind its end");
  }

  /**
   * To be called at the end of the file: a zip of so many entries, without a comment, ends there.
   */
  void requireLastRecord(int entries) throws IOException {
    ByteBuffer record = ByteBuffer.wrap(last).order(ByteOrder.LITTLE_ENDIAN);
    if (record.getInt() != LAST_RECORD) {
      throw new IOException("a zip file that is cut short, or has bytes behind its end");
    }
    int disks = record.getInt();
    int onThisDisk = record.getShort() & 0xffff;
    int inAll = record.getShort() & 0xffff;
    long directoryBytes = record.getInt() & 0xffffffffL;
    long directoryStart = record.getInt() & 0xffffffffL;
    int commentBytes = record.getShort() & 0xffff;
    boolean ends = directoryStart + directoryBytes + RECORD_BYTES == bytes && commentBytes == 0;
    if (!ends || disks != 0 || onThisDisk != entries || inAll != entries) {
      throw new IOException(
          "a zip file whose last record does not fit its %d entries".formatted(entries));
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int at, int count) throws IOException {
    int read = in.read(into, at, count);
    if (read > 0) {
      bytes += read;
      keepLast(into, at, read);
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void keepLast(byte[] from, int at, int count) {
    int kept = Math.min(count, RECORD_BYTES);
    System.arraycopy(last, kept, last, 0, RECORD_BYTES - kept);
    System.arraycopy(from, at + count - kept, last, RECORD_BYTES - kept, kept);
  }
}
