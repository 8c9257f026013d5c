package org.shardmean.data;

import java.util.stream.IntStream;

/**
 * Scales rows one after another. Of a row without its zeros only the other numbers are scaled, and
 * those zeros that do not stay zeros: the number of each column is the same either way.
 */
final class ScaledRow {
  private final RowScaling scaling;

  /** What zeros become. */
  private final float[] zeros;

  /** The columns in which zeros do not stay zeros, ascending. */
  private final int[] moved;

  private final int[] columns;
  private final float[] values;
  private final int[] newColumns;
  private final float[] newValues;
  private int length;

  /**
   * For rows of one width.
   *
   * @param width features, targets and weight
   */
  ScaledRow(RowScaling scaling, int width) {
    this.scaling = scaling;
    this.zeros = new float[width];
    for (int i = 0; i < width; i++) {
      zeros[i] = scaled(i, 0);
    }
    this.moved = IntStream.range(0, width).filter(i -> zeros[i] != 0).toArray();
    this.columns = new int[width];
    this.values = new float[width];
    this.newColumns = new int[width];
    this.newValues = new float[width];
  }

  /** Adds row {@code row} of {@code numbers}, scaled. */
  void add(RowNumbers numbers, int row, RowNumbers.Builder into) {
    if (numbers.isSparse(row)) {
      addSparse(numbers.appendNonZeros(row, columns, values, 0), into);
      return;
    }
    numbers.copyInto(row, 0, values.length, values, 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = scaled(i, values[i]);
    }
    into.add(values, 0);
  }

  /** Merges the columns of the row's numbers with those in which zeros move. */
  private void addSparse(int count, RowNumbers.Builder into) {
    length = 0;
    int next = 0;
    for (int k = 0; k < count; k++) {
      next = appendMoved(next, columns[k]);
      next += next < moved.length && moved[next] == columns[k] ? 1 : 0;
      append(columns[k], scaled(columns[k], values[k]));
    }
    appendMoved(next, Integer.MAX_VALUE);
    into.addNonZeros(newColumns, newValues, 0, length);
  }

  /** Appends zeros of the columns before {@code end}, scaled. */
  private int appendMoved(int from, int end) {
    int next = from;
    for (; next < moved.length && moved[next] < end; next++) {
      append(moved[next], zeros[moved[next]]);
    }
    return next;
  }

  private void append(int column, float value) {
    newColumns[length] = column;
    newValues[length] = value;
    length++;
  }

  /** The weight, which comes last, stays as it is. */
  private float scaled(int i, float number) {
    return i < scaling.size() ? scaling.scaled(i, number) : number;
  }
}
