package org.shardmean.report;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.shardmean.metrics.ResidualSums;
import org.shardmean.metrics.Residuals;

/**
 * The part of {@link ExaminedFile} that a network without classes has: the number of targets (int),
 * 0 for an autoencoder, and for each its name (as {@link DataOutputStream#writeUTF} writes it), the
 * rows that were answered (long), R², RMSE and MAE (doubles), the number of answers that are shown
 * (int), and of each the target and the answer (doubles).
 *
 * @param bytes that the file has, at most
 */
record ResidualsFile(DataInputStream in, int bytes) {
  private static final int BYTES_OF_A_PAIR = 2 * Double.BYTES;

  /** More than a name may have of bytes is cut off. */
  private static final int LONGEST_NAME = 10_000;

  static void write(List<Residuals> all, DataOutputStream out) throws IOException {
    out.writeInt(all.size());
    for (Residuals residuals : all) {
      String name = residuals.target();
      out.writeUTF(name.substring(0, Math.min(LONGEST_NAME, name.length())));
      out.writeLong(residuals.rows());
      out.writeDouble(residuals.explained());
      out.writeDouble(residuals.rootMeanSquare());
      out.writeDouble(residuals.meanMagnitude());
      out.writeInt(residuals.shown().size());
      for (Residuals.Pair pair : residuals.shown()) {
        out.writeDouble(pair.target());
        out.writeDouble(pair.answer());
      }
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is not that
   */
  List<Residuals> read() throws IOException {
    int count = in.readInt();
    require(count >= 0 && count <= bytes, count + " targets");
    List<Residuals> all = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      all.add(
          new Residuals(
              in.readUTF(),
              in.readLong(),
              in.readDouble(),
              in.readDouble(),
              in.readDouble(),
              pairs()));
    }
    return all;
  }

  private List<Residuals.Pair> pairs() throws IOException {
    int count = in.readInt();
    require(
        count >= 0
            && count <= ResidualSums.MOST_KEPT + 1
            && (long) count * BYTES_OF_A_PAIR <= bytes,
        count + " answers");
    List<Residuals.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pairs.add(new Residuals.Pair(in.readDouble(), in.readDouble()));
    }
    return pairs;
  }

  private static void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }
}
