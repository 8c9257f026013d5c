package org.shardmean.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;

/**
 * A file system in which everything is there and nothing may be read, since tests that run as root
 * cannot have that otherwise: {@code denied:} answers as HDFS does, {@code locked:} as Linux.
 */
public final class DeniedFileSystem extends RawLocalFileSystem {
  private String scheme = "";

  /** A configuration that knows both schemes. */
  public static Configuration configuration() {
    Configuration configuration = new Configuration(false);
    for (String scheme : new String[] {"denied", "locked"}) {
      configuration.set("fs." + scheme + ".impl", DeniedFileSystem.class.getName());
      configuration.setBoolean("fs." + scheme + ".impl.disable.cache", true);
    }
    return configuration;
  }

  @Override
  public void initialize(URI name, Configuration configuration) throws IOException {
    scheme = name.getScheme();
    super.initialize(name, configuration);
  }

  @Override
  protected void checkPath(Path path) {}

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return new FileStatus(100, false, 1, 1 << 20, 0, path);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    if (scheme.equals("denied")) {
      throw new AccessControlException("user=ada, access=READ, inode=\"" + path + "\"");
    }
    throw new FileNotFoundException(path + " (Permission denied)");
  }
}
