package org.shardmean.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * One file that is open for reading: unpacked if it is gzip, its bytes counted and digested. Every
 * failure is a {@link DataException} that names the file and the offset.
 */
final class IdxStream implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int GZIP_MAGIC = 0x1f8b;

  /** Ten times as much as images of written digits shrink; deflate's best is 1032. */
  private static final long MOST_BYTES_FROM_ONE_GZIP_BYTE = 100;

  /** What a gzip file may unpack to, however small it is. */
  private static final long FREE_BYTES = 16 << 20;

  private final Path path;
  private final long storedBytes;
  private final boolean gzip;
  private final InputStream in;
  private final MessageDigest digest = Sha256.newDigest();
  private long offset;

  private IdxStream(Path path, long storedBytes, boolean gzip, InputStream in) {
    this.path = path;
    this.storedBytes = storedBytes;
    this.gzip = gzip;
    this.in = in;
  }

  /** Opens a file; whether it is gzip is told by its first two bytes, never by its name. */
  static IdxStream open(Path path, Configuration configuration) {
    InputFile file = InputFile.open(path, configuration);
    try {
      InputStream in = new BufferedInputStream(file.in(), BUFFER_BYTES);
      boolean gzip = startsAsGzip(in);
      return new IdxStream(path, file.bytes(), gzip, gzip ? unwrap(in, path) : in);
    } catch (DataException e) {
      closeAfter(file, e);
      throw e;
    } catch (IOException | RuntimeException e) {
      closeAfter(file, e);
      throw InputFile.unreadable(path, e);
    }
  }

  Path path() {
    return path;
  }

  /** Whether it is gzip, which can only be read from the beginning. */
  boolean isGzip() {
    return gzip;
  }

  /** Reads a big-endian integer, as all of IDX's are, as unsigned. */
  long readUnsignedInt(String what) {
    byte[] bytes = new byte[Integer.BYTES];
    int found = readUpTo(bytes, 0, bytes.length);
    if (found < bytes.length) {
      throw fault(
          offset,
          bytes.length + " bytes of header (" + what + ")",
          "the end after " + found,
          "the file is cut short, copy or download it again");
    }
    long value = 0;
    for (byte b : bytes) {
      value = value << Byte.SIZE | (b & 0xff);
    }
    return value;
  }

  /**
   * Refuses a header that promises more than the file can hold. A plain file must hold exactly what
   * its header promises.
   *
   * @param bytes that the header promises from here to the end
   * @param shape what the header says, for the message
   */
  void requireBody(long bytes, String shape) {
    if (!gzip && bytes != storedBytes - offset) {
      boolean cutShort = bytes > storedBytes - offset;
      throw fault(
          offset,
          bytes + " more bytes (" + shape + ")",
          Long.toString(storedBytes - offset),
          cutShort
              ? "the file is cut short or its header is wrong, copy or download it again"
              : "the file has trailing bytes or its header is wrong, copy or download it again");
    }
    long most = Math.max(FREE_BYTES, storedBytes * MOST_BYTES_FROM_ONE_GZIP_BYTE);
    if (gzip && bytes > most) {
      throw fault(
          offset,
          bytes + " more bytes (" + shape + ")",
          "a gzip file of %d bytes, which may unpack to at most %d".formatted(storedBytes, most),
          "the file is cut short or its header is wrong, copy or download it again");
    }
  }

  /**
   * Refuses what does not fit the heap, before anything of that size is allocated.
   *
   * @param bytes that are to be held
   * @param shape what they are, for the message
   */
  void requireHeap(long bytes, String shape) {
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > heap) {
      throw fault(
          offset,
          "no more than the heap's %d bytes".formatted(heap),
          bytes + " (" + shape + ")",
          "give the driver more memory (--conf spark.driver.memory=...) or a smaller file");
    }
  }

  /** Reads exactly {@code count} bytes. */
  void readFully(byte[] into, int at, int count, String what) {
    int found = readUpTo(into, at, count);
    if (found < count) {
      throw fault(
          offset,
          count + " bytes (" + what + ")",
          "the end after " + found,
          "the file is cut short or its header is wrong, copy or download it again");
    }
  }

  /**
   * Reads one byte further, which must be the end: of the file and, for gzip, of valid data with
   * nothing after it. A gzip file that would unpack to gigabytes more is not unpacked.
   */
  void requireEnd() {
    long end = offset;
    if (readUpTo(new byte[1], 0, 1) != 0) {
      throw fault(
          end,
          "the end, as the header promises",
          "more bytes",
          "the file has trailing bytes or its header is wrong, copy or download it again");
    }
  }

  /** SHA-256 of all bytes read so far, uncompressed, in hexadecimal. May be called once. */
  String sha256() {
    return Sha256.hex(digest);
  }

  /**
   * A fault of this file's content.
   *
   * @param at the offset of the fault, in uncompressed bytes
   */
  DataException fault(long at, String expected, String found, String remedy) {
    return new DataException(faultLine(at, expected, found, remedy));
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw InputFile.unreadable(path, e);
    }
  }

  private int readUpTo(byte[] into, int at, int count) {
    int found = 0;
    try {
      int read;
      while (found < count && (read = in.read(into, at + found, count - found)) >= 0) {
        found += read;
      }
    } catch (EOFException e) {
      throw new DataException(
          faultLine(
              offset + found,
              "more gzip data",
              "the end of the file of " + storedBytes + " bytes",
              "the gzip file is cut short, copy or download it again"),
          e);
    } catch (IOException e) {
      throw new DataException(
          faultLine(
              offset + found,
              gzip ? "valid gzip data" : "more readable bytes",
              Reason.of(e),
              "copy or download the file again"),
          e);
    }
    digest.update(into, at, found);
    offset += found;
    return found;
  }

  private String faultLine(long at, String expected, String found, String remedy) {
    return "%s: at byte %d%s: expected %s, found %s; %s"
        .formatted(path, at, gzip ? " (uncompressed)" : "", expected, found, remedy);
  }

  private static boolean startsAsGzip(InputStream in) throws IOException {
    in.mark(2);
    int first = in.read();
    int second = in.read();
    in.reset();
    return (first << Byte.SIZE | second) == GZIP_MAGIC;
  }

  /** Several gzip members one after another are one file; anything else after them is a fault. */
  private static InputStream unwrap(InputStream gzip, Path path) {
    try {
      return new GzipCompressorInputStream(gzip, true);
    } catch (IOException e) {
      throw new DataException(
          "%s: at byte 0: expected a gzip header, found %s; copy or download the file again"
              .formatted(path, e instanceof EOFException ? "the file's end" : Reason.of(e)),
          e);
    }
  }

  private static void closeAfter(InputFile file, Exception cause) {
    try {
      file.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
