package org.shardmean.data;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Consecutive rows of numbers, packed. A dense block holds every number; a sparse one those that
 * are not zero, with their columns ("compressed sparse rows"). The arrays are held, not copied.
 */
final class NumberBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int width;

  /** Of a sparse block, where each row ends among its numbers; empty in a dense one. */
  private final int[] ends;

  /** Of a sparse block, the column of each number, ascending in a row; empty in a dense one. */
  private final int[] columns;

  private final float[] numbers;

  private NumberBlock(int width, int[] ends, int[] columns, float[] numbers) {
    this.width = width;
    this.ends = ends;
    this.columns = columns;
    this.numbers = numbers;
  }

  /** Every number of at least one row, row by row. */
  static NumberBlock dense(int width, float[] numbers) {
    return new NumberBlock(width, new int[0], new int[0], numbers);
  }

  /** The numbers of at least one row that are not zero. */
  static NumberBlock sparse(int width, int[] ends, int[] columns, float[] numbers) {
    return new NumberBlock(width, ends, columns, numbers);
  }

  /** Bytes cross faster than numbers in Java's own way, most of all while the JVM is cold. */
  private Object writeReplace() {
    return Packed.of(this);
  }

  /** A block on its way: how many numbers of each kind, and all of them, little-endian. */
  private record Packed(int width, int ends, int columns, byte[] bytes) implements Serializable {
    static Packed of(NumberBlock block) {
      int places = block.ends.length + block.columns.length;
      ByteBuffer bytes =
          ByteBuffer.allocate(Math.multiplyExact(Integer.BYTES, places + block.numbers.length))
              .order(ByteOrder.LITTLE_ENDIAN);
      bytes.asIntBuffer().put(block.ends).put(block.columns);
      bytes.position(Integer.BYTES * places).asFloatBuffer().put(block.numbers);
      return new Packed(block.width, block.ends.length, block.columns.length, bytes.array());
    }

    private Object readResolve() {
      ByteBuffer packed = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      int[] readEnds = new int[ends];
      int[] readColumns = new int[columns];
      packed.asIntBuffer().get(readEnds).get(readColumns);
      float[] numbers = new float[bytes.length / Float.BYTES - ends - columns];
      packed.position(Integer.BYTES * (ends + columns));
      packed.asFloatBuffer().get(numbers);
      return new NumberBlock(width, readEnds, readColumns, numbers);
    }
  }

  boolean isSparse() {
    return ends.length > 0;
  }

  /** The numbers that it holds, a view: of each row from {@link #start} to {@link #end}. */
  float[] numbers() {
    return numbers;
  }

  /** Of a sparse block, the column of each of {@link #numbers}, a view. */
  int[] columns() {
    return columns;
  }

  int start(int row) {
    if (!isSparse()) {
      return row * width;
    }
    return row == 0 ? 0 : ends[row - 1];
  }

  int end(int row) {
    return isSparse() ? ends[row] : (row + 1) * width;
  }

  /** Copies the numbers of the columns {@code from … from + length - 1}, zeros too. */
  void copyInto(int row, int from, int length, float[] into, int at) {
    if (!isSparse()) {
      System.arraycopy(numbers, row * width + from, into, at, length);
      return;
    }
    Arrays.fill(into, at, at + length, 0);
    int end = end(row);
    for (int k = firstFrom(row, from); k < end && columns[k] < from + length; k++) {
      into[at + columns[k] - from] = numbers[k];
    }
  }

  /** The number of one column of a row. */
  float number(int row, int column) {
    if (!isSparse()) {
      return numbers[row * width + column];
    }
    int place = firstFrom(row, column);
    return place < end(row) && columns[place] == column ? numbers[place] : 0;
  }

  /** Of a sparse block, the first place in a row whose column is at least {@code column}. */
  private int firstFrom(int row, int column) {
    int found = Arrays.binarySearch(columns, start(row), end(row), column);
    return found >= 0 ? found : -found - 1;
  }

  /**
   * Appends the numbers of a row that are not zero, in order of their columns.
   *
   * @param columns receives their columns from {@code at} on; of a dense block, one more is written
   * @param values receives the numbers, likewise
   * @return where the next would begin
   */
  int appendNonZeros(int row, int[] columns, float[] values, int at) {
    int start = start(row);
    int length = end(row) - start;
    if (isSparse()) {
      System.arraycopy(this.columns, start, columns, at, length);
      System.arraycopy(numbers, start, values, at, length);
      return at + length;
    }
    int end = at;
    for (int column = 0; column < length; column++) {
      columns[end] = column;
      values[end] = numbers[start + column];
      end += numbers[start + column] == 0 ? 0 : 1; // No branch that the processor must foresee.
    }
    return end;
  }

  /** Adds what a row holds to a checksum. */
  void addTo(CRC32C checksum, int row) {
    int length = end(row) - start(row);
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * length * (isSparse() ? 2 : 1));
    for (int k = start(row); k < end(row); k++) {
      if (isSparse()) {
        bytes.putInt(columns[k]);
      }
      bytes.putFloat(numbers[k]);
    }
    checksum.update(bytes.flip());
  }

  /** What its arrays take. */
  long bytes() {
    return Float.BYTES * ((long) ends.length + columns.length + numbers.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NumberBlock that
        && width == that.width
        && Arrays.equals(ends, that.ends)
        && Arrays.equals(columns, that.columns)
        && Arrays.equals(numbers, that.numbers);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(columns) + Arrays.hashCode(numbers);
  }
}
