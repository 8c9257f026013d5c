package org.shardmean.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/**
 * A file that is open for reading, on any file system that Hadoop knows.
 *
 * @param in from the first byte, not buffered
 * @param bytes the size of the file
 */
public record InputFile(InputStream in, long bytes) implements AutoCloseable {
  /**
   * Opens the file at a path as people type it.
   *
   * @throws DataException as {@link #open(Path, Configuration)}, and if this is not a path
   */
  public static InputStream open(String path, Configuration configuration) {
    return open(path(path), configuration).in();
  }

  /**
   * Opens a file.
   *
   * @throws DataException if there is no such file, it is a folder, or it cannot be read
   */
  static InputFile open(Path path, Configuration configuration) {
    try {
      FileSystem files = path.getFileSystem(configuration);
      FileStatus status = files.getFileStatus(path);
      if (!status.isDirectory()) {
        return new InputFile(files.open(path), status.getLen());
      }
    } catch (IOException | RuntimeException e) {
      // Hadoop answers some bad addresses (an unknown host, a missing connector) with unchecked
      // exceptions.
      throw unreadable(path, e);
    }
    throw new DataException(path + ": expected a file, found a folder; give a file in it");
  }

  /** Why a path could not be looked up or opened, as one line with its remedy. */
  static DataException unreadable(Object path, Exception cause) {
    if (cause instanceof AccessControlException || mentions(cause, "Permission denied")) {
      return new DataException(
          path + ": expected a readable file, found that permission is denied; make it readable",
          cause);
    }
    if (cause instanceof FileNotFoundException) {
      return new DataException(
          path + ": expected a file, found nothing there; check the path", cause);
    }
    return new DataException(
        "%s: expected a readable file, found %s; check the path, its file system and its settings"
            .formatted(path, Reason.of(cause)),
        cause);
  }

  private static boolean mentions(Exception cause, String words) {
    return cause.getMessage() != null && cause.getMessage().contains(words);
  }

  /**
   * All bytes of a file that must not be a large one.
   *
   * @throws DataException if it holds more than {@code mostBytes}
   */
  public static byte[] read(FileSystem files, Path file, int mostBytes) throws IOException {
    if (files.getFileStatus(file).getLen() > mostBytes) {
      throw tooLarge(file, mostBytes);
    }
    try (InputStream in = files.open(file)) {
      byte[] bytes = in.readNBytes(mostBytes + 1);
      if (bytes.length > mostBytes) { // It has grown since.
        throw tooLarge(file, mostBytes);
      }
      return bytes;
    }
  }

  private static DataException tooLarge(Path file, int mostBytes) {
    return new DataException(
        "%s: expected at most %d bytes, found more; give the file that was written"
            .formatted(file, mostBytes));
  }

  /**
   * The text of a file that must not be a large one.
   *
   * @throws DataException if it holds more than {@code mostBytes}, or is not in UTF-8
   */
  public static String readText(FileSystem files, Path file, int mostBytes) throws IOException {
    return text(file, read(files, file, mostBytes));
  }

  /**
   * What a file's bytes say.
   *
   * @throws DataException if they are not in UTF-8
   */
  public static String text(Path file, byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new DataException(
          "%s: expected text in UTF-8, found bytes that are not; the file was changed or cut: restore it"
              .formatted(file),
          e);
    }
  }

  /** The path that people typed. */
  static Path path(String path) {
    try {
      return new Path(path);
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "'%s': expected a path, found %s; check it".formatted(path, Reason.of(e)), e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
