package org.shardmean.model;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The entries of a zip file of unknown origin, which must stand in a known order. The file is read
 * once, as a stream; what it holds decides neither the memory nor the time that takes.
 *
 * <p>Every method throws an {@link IOException} where the file is no zip, is damaged, holds another
 * entry than the expected one, or unpacks to far more than its own size.
 */
final class ZipEntries implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Whatever the file's own size, its entries may unpack to this much. */
  private static final long FREE_BYTES = 16 << 20;

  /** Beyond that, every byte of the file may become this many. Parameters hardly shrink at all. */
  private static final long MOST_BYTES_FROM_ONE = 16;

  /** No list of a few entries is longer. */
  private static final long MOST_DIRECTORY_BYTES = 1 << 20;

  private static final int LONGEST_SHOWN_NAME = 80;

  private final ZipFileStream file;
  private final ZipInputStream zip;
  private final InputStream content;
  private int entries;

  /** Of the entry that comes next; null after the last. */
  private String next;

  ZipEntries(InputStream in) throws IOException {
    file = new ZipFileStream(new BufferedInputStream(in, BUFFER_BYTES));
    zip = new ZipInputStream(file);
    content = new Unpacked();
    advance();
  }

  /** Reads one entry's content. */
  interface Reader<T> {
    /** The entry's content stays open; it may be read to its end, not further. */
    T read(InputStream content) throws IOException;
  }

  boolean isNext(String name) {
    return name.equals(next);
  }

  /** Reads the next entry, which must have this name, and end where the reader stops. */
  <T> T read(String name, Reader<T> reader) throws IOException {
    if (!isNext(name)) {
      throw new IOException(entries == 0 ? "no zip file" : found() + " in the place of " + name);
    }
    try {
      T read = reader.read(content);
      if (content.read() >= 0) {
        throw new IOException(name + " with bytes behind its end");
      }
      advance();
      return read;
    } catch (EOFException e) {
      throw new IOException(name + " cut short", e);
    }
  }

  /** Unpacks the next entry, which must have this name, to check it, and forgets what it holds. */
  void skip(String name, long mostBytes) throws IOException {
    read(
        name,
        in -> {
          byte[] buffer = new byte[BUFFER_BYTES];
          long left = mostBytes;
          for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            left -= read;
            if (left < 0) {
              throw new IOException(name + " of more than " + mostBytes + " bytes");
            }
          }
          return mostBytes;
        });
  }

  /** Refuses further entries, and a file that does not end as a zip of these entries does. */
  void requireEnd() throws IOException {
    if (next != null) {
      throw new IOException(found() + ", which does not belong there");
    }
    file.drain(MOST_DIRECTORY_BYTES);
    file.requireLastRecord(entries);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private void advance() throws IOException {
    ZipEntry entry = zip.getNextEntry();
    next = entry == null ? null : entry.getName();
    entries += entry == null ? 0 : 1;
  }

  private String found() {
    if (next == null) {
      return "the end";
    }
    boolean isLong = next.length() > LONGEST_SHOWN_NAME;
    return "an entry " + (isLong ? next.substring(0, LONGEST_SHOWN_NAME) + "…" : next);
  }

  /** What the entries hold, all together, until it is more than this file may become. */
  private final class Unpacked extends InputStream {
    private long bytes;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int count) throws IOException {
      int read = zip.read(into, at, count);
      bytes += Math.max(0, read);
      if (bytes > FREE_BYTES && bytes / MOST_BYTES_FROM_ONE > file.bytes()) {
        throw new IOException(
            "a zip bomb: %d bytes that unpack to %d and more".formatted(file.bytes(), bytes));
      }
      return read;
    }
  }
}
