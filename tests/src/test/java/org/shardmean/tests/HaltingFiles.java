package org.shardmean.tests;

import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/**
 * A local file system, {@code halting:///path} or {@code halting://user:password@host/path}, on
 * which the process ends, as by kill -9, at the Nth call for a file whose path contains a text:
 * just before the call, so that all calls of before are done and nothing else is. All calls
 * together differ in number from run to run: owners tell that they live by the clock, and
 * checkpoints are left out while one is being written.
 */
public final class HaltingFiles extends RawLocalFileSystem {
  static final String AT = "shardmean.test.halt.at";
  static final String FILE = "shardmean.test.halt.file";
  private static final AtomicInteger CALLS = new AtomicInteger();

  private URI uri;
  private int at;
  private String file;

  @Override
  public String getScheme() {
    return "halting";
  }

  @Override
  public URI getUri() {
    return uri == null ? URI.create("halting:///") : uri; // Asked for before this is made, too.
  }

  @Override
  public void initialize(URI uri, Configuration conf) throws IOException {
    this.uri = URI.create("halting://" + Objects.toString(uri.getRawAuthority(), "") + "/");
    super.initialize(uri, conf);
    at = conf.getInt(AT, 0);
    file = conf.get(FILE, "");
  }

  private void call(Path path) {
    if (path.toString().contains(file) && CALLS.incrementAndGet() == at) {
      Runtime.getRuntime().halt(137);
    }
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    call(file);
    FSDataOutputStream out = super.create(file, overwrite, buffer, replication, block, progress);
    return new FSDataOutputStream(out, null) {
      @Override
      public synchronized void write(byte[] bytes, int from, int count) throws IOException {
        call(file);
        super.write(bytes, from, count);
      }

      @Override
      public void hsync() throws IOException {
        call(file);
        super.hsync();
      }

      @Override
      public void close() throws IOException {
        call(file);
        super.close();
      }
    };
  }

  @Override
  public FSDataInputStream open(Path file, int buffer) throws IOException {
    call(file);
    return super.open(file, buffer);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    call(from);
    return super.rename(from, to);
  }

  @Override
  public boolean mkdirs(Path folder) throws IOException {
    call(folder);
    return super.mkdirs(folder);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    call(path);
    return super.listStatus(path);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    call(path);
    return super.delete(path, recursive);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    call(path);
    return super.getFileStatus(path);
  }
}
