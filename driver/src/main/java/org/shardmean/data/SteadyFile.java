package org.shardmean.data;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A file that several machines read parts of, at different times: each of them checks that it is
 * still the file that the driver saw.
 *
 * @param path with its file system
 * @param bytes its size then
 * @param modified when it was written last, then, in milliseconds since 1970
 */
record SteadyFile(String path, long bytes, long modified) implements Serializable {
  SteadyFile {
    requireNonNull(path, "path");
  }

  /**
   * The file as it is now.
   *
   * @throws DataException if it cannot be looked up
   */
  static SteadyFile now(Path path, Configuration configuration) {
    try {
      FileStatus status = path.getFileSystem(configuration).getFileStatus(path);
      return new SteadyFile(
          status.getPath().toString(), status.getLen(), status.getModificationTime());
    } catch (IOException | RuntimeException e) {
      throw InputFile.unreadable(path, e);
    }
  }

  /** Whether it is on a disk of one machine, or in a folder that machines share. */
  boolean isOnAnOrdinaryDisk() {
    return "file".equals(new Path(path).toUri().getScheme());
  }

  /**
   * Opens it for reading in parts.
   *
   * @throws DataException if it is not there, cannot be read, or was changed
   */
  Part open(Configuration configuration) {
    requireUnchanged(configuration);
    try {
      Path file = new Path(path);
      return new Part(file.getFileSystem(configuration).open(file));
    } catch (IOException | RuntimeException e) {
      throw InputFile.unreadable(path, e);
    }
  }

  /**
   * Checks that it is still the file that it was.
   *
   * @throws DataException if it is not
   */
  void requireUnchanged(Configuration configuration) {
    SteadyFile found = now(new Path(path), configuration);
    if (found.bytes != bytes || found.modified != modified) {
      throw new DataException(
          "%s: expected the file that the driver saw, %s, found %s; it was changed, or machines have copies of different age: give a folder that they share"
              .formatted(path, written(), found.written()));
    }
  }

  private String written() {
    return "%d bytes of %s".formatted(bytes, Instant.ofEpochMilli(modified));
  }

  /** The file, open. */
  final class Part implements AutoCloseable {
    private final FSDataInputStream in;

    private Part(FSDataInputStream in) {
      this.in = in;
    }

    /**
     * Reads a part of it.
     *
     * @param from its first byte, from 0
     * @param into receives it, from the beginning
     * @param what is read, for people
     * @throws DataException if it ends before, or cannot be read
     */
    void read(long from, byte[] into, int length, String what) {
      try {
        in.seek(from);
        in.readFully(into, 0, length);
      } catch (EOFException e) {
        throw fault(from, length + " bytes (" + what + ")", "the end", e);
      } catch (IOException | RuntimeException e) {
        throw fault(from, "readable bytes (" + what + ")", Reason.of(e), e);
      }
    }

    private DataException fault(long from, String expected, String found, Exception cause) {
      return new DataException(
          "%s: at byte %d: expected %s, found %s; the file of %s was changed or cannot be read any more, start again when it is whole"
              .formatted(path, from, expected, found, written()),
          cause);
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException e) {
        throw InputFile.unreadable(path, e);
      }
    }
  }
}
