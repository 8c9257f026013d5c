package org.shardmean.model;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.io.output.CloseShieldOutputStream;

/**
 * A zip file in the making whose entries are not compressed: parameters hardly shrink, and what a
 * compressor gives depends on its version. The same entries are the same bytes everywhere. Closing
 * it ends the zip and leaves the stream open.
 */
public final class StoredZip implements Closeable {
  /** Of every entry, so that the same model is the same file. Zip has no earlier year than 1980. */
  private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

  private final ZipOutputStream zip;

  public StoredZip(OutputStream out) {
    zip = new ZipOutputStream(CloseShieldOutputStream.wrap(out));
  }

  /** Writes an entry's content; the same bytes each time it is asked. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Counts and sums up what passes, and keeps nothing. */
  private static final class Measure extends OutputStream {
    private final CRC32 sum = new CRC32();
    private long bytes;

    @Override
    public void write(int value) {
      sum.update(value);
      bytes++;
    }

    @Override
    public void write(byte[] from, int at, int count) {
      sum.update(from, at, count);
      bytes += count;
    }
  }

  /** Adds an entry; its content is asked twice, first to be measured. */
  public void put(String name, Content content) throws IOException {
    Measure measure = new Measure();
    content.writeTo(measure);
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(measure.bytes);
    entry.setCrc(measure.sum.getValue());
    zip.putNextEntry(entry);
    content.writeTo(zip);
    zip.closeEntry();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
