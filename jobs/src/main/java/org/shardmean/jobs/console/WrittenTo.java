package org.shardmean.jobs.console;

import org.apache.hadoop.fs.Path;
import org.shardmean.data.Redacted;
import org.shardmean.data.VisibleText;
import org.shardmean.run.RunDirectory;

/** Where files went, for people. */
public final class WrittenTo {
  private WrittenTo() {}

  public static String path(RunDirectory directory, String name) {
    return path(directory) + "/" + name;
  }

  /** A folder, without {@code file:} where it is local. */
  public static String path(RunDirectory directory) {
    Path path = directory.path();
    boolean local = "file".equals(path.toUri().getScheme());
    return VisibleText.of(
        Redacted.of(String.valueOf(local ? Path.getPathWithoutSchemeAndAuthority(path) : path)));
  }
}
