package org.shardmean.data;

import org.apache.hadoop.fs.Path;

/** A path on this machine's disk, as Hadoop's file systems write it. */
public final class LocalPath {
  private LocalPath() {}

  /**
   * The path with the scheme {@code file}, absolute; a relative one starts from where Java runs.
   */
  public static Path of(java.nio.file.Path path) {
    return new Path("file", null, path.toAbsolutePath().normalize().toString());
  }
}
