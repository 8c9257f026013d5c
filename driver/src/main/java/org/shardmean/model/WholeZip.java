package org.shardmean.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.ZipInputStream;

/** Tells a zip file that was cut short, which who reads it as a stream may not notice. */
final class WholeZip {
  /** What the last record of a zip begins with (PKWARE's APPNOTE, 4.3.16). */
  private static final byte[] LAST_RECORD = {'P', 'K', 5, 6};

  private static final int LAST_RECORD_BYTES = 22;
  private static final int LONGEST_COMMENT = 0xffff;

  private WholeZip() {}

  /**
   * Reads every entry to its check sum, and looks for the last record.
   *
   * @throws IOException if it is no zip, is cut short or does not unpack
   */
  static void require(byte[] zip) throws IOException {
    int entries = 0;
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      while (in.getNextEntry() != null) {
        while (in.skip(Integer.MAX_VALUE) > 0) {
          // Skipping unpacks, and checks the sum at the end.
        }
        entries++;
      }
    }
    if (entries == 0) {
      throw new IOException("no zip file");
    }
    if (!hasLastRecord(zip)) {
      throw new IOException("a zip file that is cut short");
    }
  }

  private static boolean hasLastRecord(byte[] zip) {
    int least = Math.max(0, zip.length - LAST_RECORD_BYTES - LONGEST_COMMENT);
    for (int at = zip.length - LAST_RECORD_BYTES; at >= least; at--) {
      if (startsThere(zip, at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsThere(byte[] zip, int at) {
    for (int i = 0; i < LAST_RECORD.length; i++) {
      if (zip[at + i] != LAST_RECORD[i]) {
        return false;
      }
    }
    return true;
  }
}
