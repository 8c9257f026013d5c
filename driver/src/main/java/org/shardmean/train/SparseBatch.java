package org.shardmean.train;

import java.util.Arrays;

/**
 * The inputs of a batch that are not zero, such as pixels that are not background, as a sparse
 * matrix: in order of the examples, and for the gradient in order of the inputs too. Of MNIST's
 * pixels four in five are background.
 */
final class SparseBatch {
  /**
   * One pixel in so many may be ink for a batch to count as sparse. Beyond it, products of whole
   * matrices are faster: they take about a third of the time for each pixel.
   */
  private static final int SPARSE = 4;

  private final int inputs;
  private final int[] rowEnds;
  private final int[] columnEnds;
  private final int[] columns;
  private final float[] byRow;
  private final int[] rows;
  private final float[] byColumn;
  private final boolean[] used;
  private int count;

  /**
   * @param capacity the most examples in a batch
   * @param inputs pixels of an example
   */
  SparseBatch(int capacity, int inputs) {
    this.inputs = inputs;
    rowEnds = new int[capacity];
    columnEnds = new int[inputs];
    used = new boolean[inputs];
    int most = capacity * inputs / SPARSE + inputs + 1;
    columns = new int[most];
    byRow = new float[most];
    rows = new int[most];
    byColumn = new float[most];
  }

  /**
   * Takes the batch's pixels, if so few of them are ink that it counts as sparse.
   *
   * @return whether it does; if not, nothing else here may be asked
   */
  boolean read(Batch batch) {
    count = batch.count();
    int most = count * inputs / SPARSE;
    int end = 0;
    for (int row = 0; row < count; row++) {
      end = batch.ink(row, columns, byRow, end);
      if (end > most) {
        return false;
      }
      rowEnds[row] = end;
    }
    Arrays.fill(used, false);
    for (int k = 0; k < end; k++) {
      used[columns[k]] = true;
    }
    return true;
  }

  /** Whether {@code column} is ink in any example. */
  boolean uses(int column) {
    return used[column];
  }

  /** Examples in the batch. */
  int count() {
    return count;
  }

  /** Where example {@code row} begins in {@link #columns} and {@link #byRow}. */
  int rowStart(int row) {
    return row == 0 ? 0 : rowEnds[row - 1];
  }

  /** Where example {@code row} ends. */
  int rowEnd(int row) {
    return rowEnds[row];
  }

  /** The input of each pixel, in order of the examples; a view. */
  int[] columns() {
    return columns;
  }

  /** The value of each pixel, in order of the examples; a view. */
  float[] byRow() {
    return byRow;
  }

  /** Puts the pixels in order of the inputs, those of one input in order of the examples. */
  void sortByColumn() {
    int total = rowEnds[count - 1];
    Arrays.fill(columnEnds, 0);
    for (int k = 0; k < total; k++) {
      columnEnds[columns[k]]++;
    }
    int start = 0;
    for (int column = 0; column < inputs; column++) {
      int length = columnEnds[column];
      columnEnds[column] = start;
      start += length;
    }
    for (int row = 0; row < count; row++) {
      for (int k = rowStart(row); k < rowEnds[row]; k++) {
        int place = columnEnds[columns[k]]++;
        rows[place] = row;
        byColumn[place] = byRow[k];
      }
    }
  }

  /** After {@link #sortByColumn}: where {@code column} begins in {@link #rows}. */
  int columnStart(int column) {
    return column == 0 ? 0 : columnEnds[column - 1];
  }

  /** After {@link #sortByColumn}: where {@code column} ends. */
  int columnEnd(int column) {
    return columnEnds[column];
  }

  /** After {@link #sortByColumn}: the example of each pixel, in order of the inputs; a view. */
  int[] rows() {
    return rows;
  }

  /** After {@link #sortByColumn}: the value of each pixel, in order of the inputs; a view. */
  float[] byColumn() {
    return byColumn;
  }
}
