package org.shardmean.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/**
 * One file opened for reading: unwrapped where it is gzip, its bytes counted and digested. Whatever
 * goes wrong is a {@link DataException} that names the file and the offset.
 */
final class IdxStream implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int GZIP_MAGIC = 0x1f8b;

  /** Ten times what images of written digits shrink. Deflate's best would be 1032. */
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
    InputStream opened = null;
    try {
      FileSystem files = path.getFileSystem(configuration);
      FileStatus status = files.getFileStatus(path);
      if (status.isDirectory()) {
        throw new DataException(
            path + ": expected a file, found a folder; name the IDX file in it");
      }
      opened = new BufferedInputStream(files.open(path), BUFFER_BYTES);
      boolean gzip = startsAsGzip(opened);
      return new IdxStream(path, status.getLen(), gzip, gzip ? unwrap(opened, path) : opened);
    } catch (DataException e) {
      closeAfter(opened, e);
      throw e;
    } catch (IOException | RuntimeException e) {
      // Hadoop answers some bad addresses (an unknown host, a missing connector) with unchecked
      // exceptions.
      closeAfter(opened, e);
      throw unreadable(path, e);
    }
  }

  /** What went wrong when a path was looked up or opened, as one line with its remedy. */
  static DataException unreadable(Path path, Exception cause) {
    if (cause instanceof AccessControlException || mentions(cause, "Permission denied")) {
      return new DataException(
          path + ": expected a readable file, found that permission is denied; allow reading it",
          cause);
    }
    if (cause instanceof FileNotFoundException) {
      return new DataException(
          path + ": expected a file, found nothing of that name; check the path", cause);
    }
    return new DataException(
        "%s: expected a readable file, found %s; check the path, its file system and its settings"
            .formatted(path, Reason.of(cause)),
        cause);
  }

  Path path() {
    return path;
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
   * Refuses, before anything of that size is allocated, a header that promises more than the file
   * can hold or the heap can take; for a plain file also less than it holds.
   *
   * @param bytes that the header promises from here to the end
   * @param shape how the header puts it, for the message
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
   * Reads one byte further, which must be the end: of the file and, for gzip, of sound data with
   * nothing behind it. A gzip that would unpack to gigabytes more is not unpacked.
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
      throw unreadable(path, e);
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
              gzip ? "sound gzip data" : "to read on",
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

  /** Members that stand one after another unpack to one file; anything else behind is a fault. */
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

  private static void closeAfter(InputStream opened, Exception cause) {
    if (opened != null) {
      try {
        opened.close();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }

  private static boolean mentions(Exception cause, String words) {
    return cause.getMessage() != null && cause.getMessage().contains(words);
  }
}
