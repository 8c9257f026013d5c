package org.shardmean.data;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Files that are written through Hadoop, in one piece. */
public final class OutputFile {
  private OutputFile() {}

  /** What is in a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(FSDataOutputStream out) throws IOException;
  }

  /**
   * Writes a file and closes it.
   *
   * <p>Hadoop's local file system tells of a full disk by an {@link FSError}, which is no
   * exception: it would pass by all who expect that writing may fail, and end their threads.
   *
   * @param replaces whether there may be one of this name already
   * @return how many bytes were written
   * @throws UnwrittenFileException if the disk is full or broken
   */
  public static long write(FileSystem files, Path path, boolean replaces, Content content)
      throws IOException {
    try (FSDataOutputStream out = files.create(path, replaces)) {
      content.writeTo(out);
      return out.getPos();
    } catch (FSError e) {
      throw new UnwrittenFileException(path, e.getCause().getMessage(), e);
    }
  }
}
