package org.shardmean.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Rows of float32 numbers, all of one width, packed in blocks of consecutive rows. A block of which
 * at most one number in four is not zero is sparse: it holds these alone, 8 bytes each, and 4 bytes
 * a row. Any other is dense: it holds every number in 4 bytes. So the form follows from the numbers
 * alone, and a sparse block takes at most about half of what it would take as a dense one.
 *
 * <p>Every number is finite. Zeros have no sign, so equal rows have equal bits. Immutable; made by
 * a {@link Builder}.
 */
public final class RowNumbers implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * One number in so many may be other than zero where zeros are left out. So it is where the first
   * layer leaves them out of its products, too.
   */
  public static final int SPARSE = 4;

  /** Numbers of a block, at most, unless a single row has more. */
  private static final int BLOCK_NUMBERS = 1 << 22;

  private final int width;
  private final int count;
  private final int rowsPerBlock;
  private final NumberBlock[] blocks;

  private RowNumbers(int width, int count, NumberBlock[] blocks) {
    this.width = width;
    this.count = count;
    this.rowsPerBlock = rowsPerBlock(width);
    this.blocks = blocks;
  }

  private static int rowsPerBlock(int width) {
    return Integer.highestOneBit(Math.max(1, BLOCK_NUMBERS / width));
  }

  /** Whether so few of these numbers are not zero that the others are left out. */
  public static boolean areMostlyZeros(int nonZeros, long numbers) {
    return (long) SPARSE * nonZeros <= numbers;
  }

  /** Takes rows one after another, in order. */
  public static final class Builder {
    private final int width;
    private final int expected;
    private final List<NumberBlock> blocks = new ArrayList<>();
    private OpenBlock open;
    private int count;

    /**
     * No rows yet.
     *
     * @param width numbers of a row, at least 1
     * @param expected how many rows there will be, to make room for at once; 0 where nobody knows
     */
    public Builder(int width, int expected) {
      if (width < 1) {
        throw new IllegalArgumentException("rows must have at least one number, found " + width);
      }
      this.width = width;
      this.expected = expected;
    }

    /** Rows so far. */
    public int count() {
      return count;
    }

    /**
     * Adds a row of which every number is given.
     *
     * @param row its numbers, from {@code at} on; copied
     * @throws IllegalArgumentException if one is not finite
     */
    public void add(float[] row, int at) {
      block().add(row, at, expected - count, count);
      count++;
    }

    /**
     * Adds a row of which the numbers are given that are not zero.
     *
     * @param columns of the numbers, ascending, from {@code start} to {@code end}; copied
     * @param values the numbers, likewise; zeros among them are left out
     * @throws IllegalArgumentException if one is not finite, or the columns do not ascend
     */
    public void addNonZeros(int[] columns, float[] values, int start, int end) {
      block().addNonZeros(columns, values, start, end, expected - count, count);
      count++;
    }

    /** Adds a row of others, which are as wide. */
    public void add(RowNumbers others, int row) {
      NumberBlock from = others.block(row);
      int place = others.place(row);
      if (from.isSparse()) {
        addNonZeros(from.columns(), from.numbers(), from.start(place), from.end(place));
      } else {
        add(from.numbers(), from.start(place));
      }
    }

    private OpenBlock block() {
      if (open != null && open.isFull()) {
        blocks.add(open.close());
        open = null;
      }
      if (open == null) {
        open = new OpenBlock(width, rowsPerBlock(width));
      }
      return open;
    }

    /** All rows; nothing may be added afterwards. */
    public RowNumbers build() {
      if (open != null) {
        blocks.add(open.close());
        open = null;
      }
      return new RowNumbers(width, count, blocks.toArray(NumberBlock[]::new));
    }
  }

  /** Rows. */
  public int count() {
    return count;
  }

  /** Numbers of a row. */
  public int width() {
    return width;
  }

  private NumberBlock block(int row) {
    return blocks[row / rowsPerBlock];
  }

  private int place(int row) {
    return row % rowsPerBlock;
  }

  /** Whether zeros are left out of row {@code row} and its neighbours. */
  public boolean isSparse(int row) {
    return block(row).isSparse();
  }

  /** How many numbers are held of row {@code row}: all, or where it is sparse those not zero. */
  public int held(int row) {
    return block(row).end(place(row)) - block(row).start(place(row));
  }

  /**
   * Copies numbers of row {@code row}, zeros too.
   *
   * @param from the column of the first
   * @param length how many
   * @param into receives them, from {@code at} on
   */
  public void copyInto(int row, int from, int length, float[] into, int at) {
    block(row).copyInto(place(row), from, length, into, at);
  }

  /** The number of one column of row {@code row}. */
  public float number(int row, int column) {
    return block(row).number(place(row), column);
  }

  /**
   * Appends the numbers of row {@code row} that are not zero, in order of their columns.
   *
   * @param columns receives their columns from {@code at} on; where the row is not sparse, one more
   *     is written over
   * @param values receives the numbers, likewise
   * @return where the next row's would begin
   */
  public int appendNonZeros(int row, int[] columns, float[] values, int at) {
    return block(row).appendNonZeros(place(row), columns, values, at);
  }

  /** Adds what is held of row {@code row} to a checksum. */
  void addTo(CRC32C checksum, int row) {
    block(row).addTo(checksum, place(row));
  }

  /** What they take in memory, but for a few bytes a block. */
  public long bytes() {
    return Arrays.stream(blocks).mapToLong(NumberBlock::bytes).sum();
  }

  /** Whether both hold the same rows in the same order. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RowNumbers that
        && width == that.width
        && count == that.count
        && Arrays.equals(blocks, that.blocks);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(blocks);
  }

  @Override
  public String toString() {
    return count + " rows of " + width + " numbers";
  }
}
