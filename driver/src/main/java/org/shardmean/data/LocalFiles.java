package org.shardmean.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The local disk, without a {@code .crc} file beside each file, and without a new process for each
 * file: where Hadoop's native library is missing, Hadoop's own class starts the program {@code
 * chmod} for every file and folder that it makes.
 */
public final class LocalFiles extends RawLocalFileSystem {
  private static final URI LOCAL = URI.create("file:///");

  private LocalFiles() {}

  /** This in place of Hadoop's local file system; any other file system as it is. */
  public static FileSystem inPlaceOf(FileSystem files, Configuration hadoop) throws IOException {
    if (!(files instanceof LocalFileSystem)) {
      return files;
    }
    LocalFiles local = new LocalFiles();
    local.initialize(LOCAL, hadoop);
    return local;
  }

  /** Sets the permissions of the owner, the group and others; those of Windows stay as they are. */
  @Override
  public void setPermission(Path path, FsPermission permission) throws IOException {
    PosixFileAttributeView attributes =
        Files.getFileAttributeView(pathToFile(path).toPath(), PosixFileAttributeView.class);
    if (attributes != null) {
      attributes.setPermissions(
          PosixFilePermissions.fromString(
              permission.getUserAction().SYMBOL
                  + permission.getGroupAction().SYMBOL
                  + permission.getOtherAction().SYMBOL));
    }
  }
}
