package org.shardmean.train;

import java.util.Arrays;
import org.shardmean.data.RowSet;

/**
 * The rows of a batch without their zeros: of each row the features that are not zero, in order. It
 * makes room as rows need it, and keeps it.
 */
final class SparseRows {
  private final int inputs;
  private final int[] ends;
  private int[] columns = new int[0];
  private float[] values = new float[0];

  /**
   * No rows yet.
   *
   * @param capacity the most rows in a batch
   * @param inputs features of a row
   */
  SparseRows(int capacity, int inputs) {
    this.inputs = inputs;
    this.ends = new int[capacity];
  }

  /**
   * Takes the rows {@code order[from] … order[from + count - 1]}, if all of them are sparse.
   *
   * @return whether they are; if not, nothing else here may be asked
   */
  boolean take(RowSet rows, int[] order, int from, int count) {
    int end = 0;
    for (int row = 0; row < count; row++) {
      int example = order[from + row];
      if (!rows.numbers().isSparse(example)) {
        return false;
      }
      makeRoomFor(end + rows.numbers().held(example));
      end = rows.appendNonZeroFeatures(example, columns, values, end);
      ends[row] = end;
    }
    return true;
  }

  private void makeRoomFor(int count) {
    if (count > columns.length) {
      int length = Math.max(count, 2 * columns.length);
      columns = Arrays.copyOf(columns, length);
      values = Arrays.copyOf(values, length);
    }
  }

  /** Input dropout, with the draws that {@link InputMask} has for all features of the batch. */
  void maskInPlace(int count, double dropout, long seed) {
    int threshold = InputMask.threshold(dropout);
    float scale = InputMask.scale(dropout);
    int start = 0;
    int kept = 0;
    for (int row = 0; row < count; row++) {
      long first = (long) row * inputs;
      for (int k = start; k < ends[row]; k++) {
        columns[kept] = columns[k];
        values[kept] = values[k] * scale;
        kept += InputMask.drops(first + columns[k], threshold, seed) ? 0 : 1;
      }
      start = ends[row];
      ends[row] = kept;
    }
  }

  private int start(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  /** How many features of a row are not zero. */
  int nonZeros(int row) {
    return ends[row] - start(row);
  }

  /** Copies all features of a row, zeros too. */
  void copyInto(int row, float[] into, int at) {
    Arrays.fill(into, at, at + inputs, 0);
    for (int k = start(row); k < ends[row]; k++) {
      into[at + columns[k]] = values[k];
    }
  }

  /** Appends a row's features that are not zero; returns where the next row's begin. */
  int append(int row, int[] columns, float[] values, int at) {
    int start = start(row);
    int length = nonZeros(row);
    System.arraycopy(this.columns, start, columns, at, length);
    System.arraycopy(this.values, start, values, at, length);
    return at + length;
  }
}
