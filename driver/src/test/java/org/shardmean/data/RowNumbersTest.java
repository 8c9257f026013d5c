package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RowNumbersTest {
  /** Empty rows, sparse ones, half full ones and full ones. */
  private static float[][] draw(int rows, int width, SplittableRandom random) {
    double[] densities = {0, 0.1, 0.1, 0.5, 1};
    int kinds = 1 + random.nextInt(densities.length);
    float[][] drawn = new float[rows][width];
    for (float[] row : drawn) {
      double density = densities[random.nextInt(kinds)];
      for (int i = 0; i < width; i++) {
        row[i] = random.nextDouble() < density ? (float) (1 + random.nextDouble()) : 0;
      }
    }
    return drawn;
  }

  /**
   * Adds a row by its numbers that are not zero, and now and then by a zero, with a sign or not.
   */
  private static void addNonZeros(
      RowNumbers.Builder builder, float[] row, SplittableRandom random) {
    int[] columns = new int[row.length + 2];
    float[] values = new float[row.length + 2];
    int end = 2;
    for (int i = 0; i < row.length; i++) {
      if (row[i] != 0 || random.nextInt(10) == 0) {
        columns[end] = i;
        values[end] = row[i] == 0 && random.nextBoolean() ? -0f : row[i];
        end++;
      }
    }
    builder.addNonZeros(columns, values, 2, end);
  }

  private static RowNumbers packed(float[][] rows, int expected) {
    RowNumbers.Builder builder = new RowNumbers.Builder(rows[0].length, expected);
    for (float[] row : rows) {
      builder.add(row, 0);
    }
    return builder.build();
  }

  @Property(tries = 300)
  void rowsAreThemselvesHoweverTheyWereAdded(
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll @IntRange(min = 1, max = 40) int count,
      @ForAll long seed)
      throws IOException, ClassNotFoundException {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] rows = draw(count, width, random);
    RowNumbers packed = packed(rows, random.nextInt(50));
    RowNumbers.Builder mixed = new RowNumbers.Builder(width, random.nextInt(50));
    RowNumbers.Builder copied = new RowNumbers.Builder(width, 0);
    for (int i = 0; i < count; i++) {
      if (random.nextBoolean()) {
        mixed.add(rows[i], 0);
      } else {
        addNonZeros(mixed, rows[i], random);
      }
      copied.add(packed, i);
    }
    assertRows(rows, packed);
    assertEquals(packed, mixed.build());
    assertEquals(packed, copied.build());
    assertEquals(packed, sent(packed));
    assertEquals(packed.hashCode(), packed(rows, 0).hashCode());
  }

  /** As it arrives in another process. */
  private static RowNumbers sent(RowNumbers rows) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(wire)) {
      out.writeObject(rows);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(wire.toByteArray()))) {
      return (RowNumbers) in.readObject();
    }
  }

  private static void assertRows(float[][] expected, RowNumbers found) {
    int width = expected[0].length;
    assertEquals(expected.length, found.count());
    float[] copy = new float[width + 1];
    int[] columns = new int[width + 2];
    float[] values = new float[width + 2];
    for (int i = 0; i < expected.length; i++) {
      found.copyInto(i, 0, width, copy, 1);
      int end = found.appendNonZeros(i, columns, values, 1);
      float[] back = new float[width];
      int nonZeros = 0;
      for (int k = 1; k < end; k++) {
        assertNotEquals(0f, values[k]);
        back[columns[k]] = values[k];
      }
      for (int c = 0; c < width; c++) {
        assertEquals(expected[i][c], copy[c + 1]);
        assertEquals(expected[i][c], found.number(i, c));
        nonZeros += expected[i][c] == 0 ? 0 : 1;
      }
      assertArrayEquals(expected[i], back);
      assertEquals(nonZeros, end - 1);
      assertEquals(found.isSparse(i) ? nonZeros : width, found.held(i));
      int from = width / 3;
      found.copyInto(i, from, width - from - width / 4, copy, 0);
      assertEquals(expected[i][from], copy[0]);
      assertEquals(expected[i][width - width / 4 - 1], copy[width - from - width / 4 - 1]);
    }
  }

  /** Each block ends in the form that its own rows ask for, whatever its first rows were. */
  @Property(tries = 300)
  void aBlockIsSparseWhereAtMostOneNumberInFourIsNotZero(
      @ForAll @IntRange(min = 1, max = 12) int width,
      @ForAll @IntRange(min = 1, max = 20) int capacity,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int count = 1 + random.nextInt(capacity);
    float[][] rows = draw(count, width, random);
    OpenBlock open = new OpenBlock(width, capacity);
    int nonZeros = 0;
    for (int i = 0; i < count; i++) {
      assertFalse(open.isFull());
      open.add(rows[i], 0, random.nextInt(capacity), i);
      for (float number : rows[i]) {
        nonZeros += number == 0 ? 0 : 1;
      }
    }
    assertEquals(count == capacity, open.isFull());
    NumberBlock block = open.close();
    assertEquals(4 * nonZeros <= count * width, block.isSparse());
    assertEquals(block.isSparse() ? 8L * nonZeros + 4L * count : 4L * count * width, block.bytes());
    float[] copy = new float[width];
    for (int i = 0; i < count; i++) {
      block.copyInto(i, 0, width, copy, 0);
      assertArrayEquals(rows[i], copy);
    }
  }

  /** Eight rows a block here. */
  @Test
  void sparseAndDenseBlocksStandTogether() {
    int width = 300_000;
    float[][] rows = new float[21][width];
    for (int i = 0; i < rows.length; i++) {
      for (int c = i; c < width; c += i / 8 == 1 ? 3 : 1000) {
        rows[i][c] = c + 1;
      }
    }
    RowNumbers packed = packed(rows, 21);
    for (int i = 0; i < rows.length; i++) {
      assertEquals(i / 8 != 1, packed.isSparse(i), "row " + i);
      float[] copy = new float[width];
      packed.copyInto(i, 0, width, copy, 0);
      assertArrayEquals(rows[i], copy);
    }
    RowNumbers.Builder reversed = new RowNumbers.Builder(width, 21);
    for (int i = 20; i >= 0; i--) {
      reversed.add(packed, i);
    }
    assertNotEquals(packed, reversed.build());
  }

  /** A hundred thousand rows of ten thousand numbers would be 4 GB. */
  @Test
  void aRowTakesEightBytesForEachNumberThatIsNotZero() {
    RowNumbers.Builder builder = new RowNumbers.Builder(10_000, 0);
    int[] columns = new int[50];
    float[] values = new float[50];
    for (int i = 0; i < 100_000; i++) {
      for (int k = 0; k < 50; k++) {
        columns[k] = 200 * k + i % 200;
        values[k] = i + 1;
      }
      builder.addNonZeros(columns, values, 0, 50);
    }
    RowNumbers packed = builder.build();
    assertEquals(100_000 * (50 * 8L + 4), packed.bytes());
    assertEquals(4_711, packed.number(4_710, 200 * 7 + 4_710 % 200));
    assertEquals(0, packed.number(4_710, 0));
  }

  @Test
  void whatCannotBeARowIsRefused() {
    assertRefused("number 3 of row 1 must be finite, found NaN", new int[] {3}, Float.NaN);
    assertRefused(
        "columns of row 1 must ascend and be below 5, found 2 after 2", new int[] {2, 2}, 1, 1);
    assertRefused(
        "columns of row 1 must ascend and be below 5, found 5 after -1", new int[] {5}, 1);
    assertRefused(
        "columns of row 1 must ascend and be below 5, found -1 after -1", new int[] {-1}, 1);
    assertThrows(IllegalArgumentException.class, () -> new RowNumbers.Builder(0, 1));
    assertTrue(new RowNumbers.Builder(3, 9).build().count() == 0);
  }

  private static void assertRefused(String message, int[] columns, float... values) {
    for (float first : new float[] {0, 1}) { // A sparse block, and a dense one.
      RowNumbers.Builder builder = new RowNumbers.Builder(5, 2);
      builder.add(new float[] {first, first, first, first, first}, 0);
      assertEquals(
          message,
          assertThrows(
                  IllegalArgumentException.class,
                  () -> builder.addNonZeros(columns, values, 0, columns.length))
              .getMessage());
    }
  }
}
