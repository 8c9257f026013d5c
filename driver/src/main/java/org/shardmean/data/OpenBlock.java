package org.shardmean.data;

import java.util.Arrays;

/**
 * A {@link NumberBlock} that is being filled. It begins in the form of its first row and ends in
 * the form that all its rows together ask for, so that rows of one kind are copied once.
 */
final class OpenBlock {
  private static final int FEWEST_ENTRIES = 256;

  private final int width;
  private final int capacity;
  private int rows;
  private int nonZeros;
  private boolean isSparse;
  private int[] ends = new int[0];
  private int[] columns = new int[0];
  private float[] numbers = new float[0];

  /**
   * An empty one.
   *
   * @param capacity the most rows it will hold; those of a dense block are one array
   */
  OpenBlock(int width, int capacity) {
    this.width = width;
    this.capacity = capacity;
  }

  /** Whether it has no room for another row. */
  boolean isFull() {
    return rows == capacity;
  }

  /**
   * Adds a row of which every number is given, {@code row[at] … row[at + width - 1]}.
   *
   * @param expected rows that will follow, as far as that is known
   * @param number of the row, for the message of an exception
   */
  void add(float[] row, int at, int expected, int number) {
    int others = 0;
    for (int column = 0; column < width; column++) {
      others += row[at + column] == 0 ? 0 : 1;
    }
    begin(others, expected);
    if (isSparse) {
      for (int column = 0; column < width; column++) {
        append(column, row[at + column], number);
      }
    } else {
      int base = rows * width;
      for (int column = 0; column < width; column++) {
        numbers[base + column] = settled(row[at + column], column, number);
      }
      nonZeros += others;
    }
    end();
  }

  /**
   * Adds a row of which the numbers are given that are not zero.
   *
   * @param columns of them, ascending, from {@code start} to {@code end}
   * @param values likewise; zeros among them are left out
   */
  void addNonZeros(int[] columns, float[] values, int start, int end, int expected, int number) {
    begin(end - start, expected);
    int last = -1;
    for (int k = start; k < end; k++) {
      if (columns[k] <= last || columns[k] >= width) {
        throw new IllegalArgumentException(
            "columns of row %d must ascend and be below %d, found %d after %d"
                .formatted(number, width, columns[k], last));
      }
      last = columns[k];
      if (isSparse) {
        append(last, values[k], number);
      } else {
        numbers[rows * width + last] = settled(values[k], last, number);
        nonZeros += values[k] == 0 ? 0 : 1;
      }
    }
    end();
  }

  /** The first row says which form to begin with. */
  private void begin(int others, int expected) {
    if (rows == 0) {
      isSparse = RowNumbers.areMostlyZeros(others, width);
    }
    if (isSparse) {
      ends = withRoomFor(rows + 1, ends);
      makeRoomForEntries(nonZeros + others);
    } else {
      makeRoomForRows(expected);
    }
  }

  private void append(int column, float value, int number) {
    float settled = settled(value, column, number);
    if (settled != 0) {
      columns[nonZeros] = column;
      numbers[nonZeros] = settled;
      nonZeros++;
    }
  }

  /** A number that is finite; zero without a sign. */
  private static float settled(float value, int column, int row) {
    if (!Float.isFinite(value)) { // A message for every number would take most of the time.
      throw new IllegalArgumentException(
          "number %d of row %d must be finite, found %s".formatted(column, row, value));
    }
    return value + 0f;
  }

  private void end() {
    if (isSparse) {
      ends[rows] = nonZeros;
    }
    rows++;
    if (isSparse && !RowNumbers.areMostlyZeros(nonZeros, (long) capacity * width)) {
      becomeDense(capacity); // It cannot end as a sparse one, unless it ends early.
    }
  }

  private void makeRoomForEntries(int count) {
    if (count > columns.length) {
      int length = Math.max(Math.max(FEWEST_ENTRIES, count), 2 * columns.length);
      columns = Arrays.copyOf(columns, length);
      numbers = Arrays.copyOf(numbers, length);
    }
  }

  private static int[] withRoomFor(int count, int[] numbers) {
    return count <= numbers.length
        ? numbers
        : Arrays.copyOf(numbers, Math.max(16, 2 * numbers.length));
  }

  private void makeRoomForRows(int expected) {
    if ((rows + 1) * width > numbers.length) {
      int wanted = Math.max(expected, rows); // At least twice as many as before.
      int room = Math.min(capacity, rows + Math.max(1, wanted));
      numbers = Arrays.copyOf(numbers, room * width);
    }
  }

  private void becomeDense(int room) {
    NumberBlock sparse = NumberBlock.sparse(width, ends, columns, numbers);
    float[] all = new float[room * width];
    for (int row = 0; row < rows; row++) {
      sparse.copyInto(row, 0, width, all, row * width);
    }
    isSparse = false;
    numbers = all;
    ends = new int[0];
    columns = new int[0];
  }

  private void becomeSparse() {
    NumberBlock dense = NumberBlock.dense(width, numbers);
    int[] newEnds = new int[rows];
    int[] newColumns = new int[nonZeros + 1];
    float[] newNumbers = new float[nonZeros + 1];
    int end = 0;
    for (int row = 0; row < rows; row++) {
      end = dense.appendNonZeros(row, newColumns, newNumbers, end);
      newEnds[row] = end;
    }
    isSparse = true;
    ends = newEnds;
    columns = newColumns;
    numbers = newNumbers;
  }

  /** The block of its rows, of which there must be one; nothing may be added afterwards. */
  NumberBlock close() {
    boolean shouldBeSparse = RowNumbers.areMostlyZeros(nonZeros, (long) rows * width);
    if (isSparse && !shouldBeSparse) {
      becomeDense(rows);
    } else if (!isSparse && shouldBeSparse) {
      becomeSparse();
    }
    return isSparse
        ? NumberBlock.sparse(width, cut(ends, rows), cut(columns, nonZeros), cut(numbers, nonZeros))
        : NumberBlock.dense(width, cut(numbers, rows * width));
  }

  private static int[] cut(int[] numbers, int length) {
    return numbers.length == length ? numbers : Arrays.copyOf(numbers, length);
  }

  private static float[] cut(float[] numbers, int length) {
    return numbers.length == length ? numbers : Arrays.copyOf(numbers, length);
  }
}
