package org.shardmean.data;

import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** A file could not be written, as the disk is full or broken. One line, with the remedy. */
public final class UnwrittenFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param file which one
   * @param found what the operating system says
   */
  UnwrittenFileException(Path file, String found, Throwable cause) {
    super(
        "%s: expected to write this file, found: %s; make room there, or mend the disk, and start the same command again"
            .formatted(file, found),
        cause);
  }
}
