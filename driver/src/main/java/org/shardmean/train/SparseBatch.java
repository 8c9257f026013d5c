package org.shardmean.train;

import java.util.Arrays;
import org.shardmean.data.RowNumbers;

/**
 * The inputs of a batch that are not zero, such as pixels that are not background, as a sparse
 * matrix: in order of the examples, and for the gradient in order of the inputs too. Of MNIST's
 * pixels four in five are background.
 */
final class SparseBatch {
  /** Room to begin with, at most; a batch of many inputs that needs more makes it. */
  private static final int ROOM = 1 << 18;

  private final int inputs;
  private final int[] rowEnds;
  private final int[] columnEnds;
  private int[] columns;
  private float[] byRow;
  private int[] rows;
  private float[] byColumn;
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
    int room = (int) Math.min(ROOM, (long) capacity * inputs / RowNumbers.SPARSE + inputs + 1);
    columns = new int[room];
    byRow = new float[room];
    rows = new int[room];
    byColumn = new float[room];
  }

  private void makeRoomFor(int count) {
    if (count > columns.length) {
      int room = Math.max(count, 2 * columns.length);
      columns = Arrays.copyOf(columns, room);
      byRow = Arrays.copyOf(byRow, room);
      rows = new int[room];
      byColumn = new float[room];
    }
  }

  /**
   * Takes the batch's pixels, if so few of them are ink that it counts as sparse: at most one in
   * {@link RowNumbers#SPARSE}. Beyond it, products of whole matrices are faster: they take about a
   * third of the time for each pixel.
   *
   * @return whether it does; if not, nothing else here may be asked
   */
  boolean read(Batch batch) {
    count = batch.count();
    long most = (long) count * inputs / RowNumbers.SPARSE;
    int end = 0;
    for (int row = 0; row < count; row++) {
      makeRoomFor(end + batch.mostInk(row) + 1);
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
