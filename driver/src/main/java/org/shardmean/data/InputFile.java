package org.shardmean.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Opens files that people name. */
public final class InputFile {
  private InputFile() {}

  /**
   * Opens the file at {@code path}, on any file system that Hadoop knows.
   *
   * @throws DataException if the path is none, there is no such file, it is a folder, or it cannot
   *     be read
   */
  public static InputStream open(String path, Configuration configuration) {
    Path file = path(path);
    try {
      FileSystem files = file.getFileSystem(configuration);
      if (files.getFileStatus(file).isFile()) {
        return files.open(file);
      }
    } catch (IOException | RuntimeException e) {
      // Hadoop answers some bad addresses (an unknown host) with unchecked exceptions.
      throw IdxStream.unreadable(file, e);
    }
    throw new DataException(path + ": expected a file, found a folder; name a file in it");
  }

  /**
   * All bytes of a file that must not be a large one.
   *
   * @throws DataException if it holds more than {@code mostBytes}
   */
  public static byte[] read(FileSystem files, Path file, int mostBytes) throws IOException {
    try (InputStream in = files.open(file)) {
      byte[] bytes = in.readNBytes(mostBytes + 1);
      if (bytes.length > mostBytes) {
        throw new DataException(
            "%s: expected at most %d bytes, found more; give the file that was written"
                .formatted(file, mostBytes));
      }
      return bytes;
    }
  }

  /**
   * The text of a file that must not be a large one.
   *
   * @throws DataException if it holds more than {@code mostBytes}, or is not in UTF-8
   */
  public static String readText(FileSystem files, Path file, int mostBytes) throws IOException {
    byte[] bytes = read(files, file, mostBytes);
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
}
