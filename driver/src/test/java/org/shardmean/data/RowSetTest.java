package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSetTest {
  private static final RowSet.Shape WHOLE = RowSet.Shape.withTargets(3, 2).weighted();

  private static RowSet numbered(RowSet.Shape shape, int count) {
    return RowSet.write(
        shape,
        count,
        (i, row, at) -> {
          for (int k = 0; k < shape.floats(); k++) {
            row[at + k] = 10f * i + k;
          }
          return i % shape.classes();
        });
  }

  @Test
  void eachRowHasItsFeaturesTargetsAndWeight() {
    RowSet rows = numbered(WHOLE, 5);
    float[] features = new float[4];
    float[] targets = new float[2];
    rows.copyFeatures(3, features, 1);
    rows.copyTargets(3, targets, 0);
    assertArrayEquals(new float[] {0, 30, 31, 32}, features);
    assertArrayEquals(new float[] {33, 34}, targets);
    assertEquals(35, rows.weight(3));
    assertEquals(0, rows.label(3));
    assertEquals("5 rows of 3 features, 2 targets", rows.toString());
  }

  @Test
  void withoutWeightsEachRowCountsAsOne() {
    RowSet rows =
        RowSet.labelled(new float[][] {{1, 2}, {3, 4}, {5, 6}}, new int[] {0, 299, 1}, 300);
    assertEquals(1, rows.weight(2));
    assertEquals(299, rows.label(1));
    assertEquals(1, rows.height());
    assertEquals(2, rows.width());
    assertEquals(0, rows.targets());
  }

  /** More than one block, and a last one that is not full. */
  @Test
  void blocksAreJoinedWithoutASeam() {
    RowSet.Shape wide = RowSet.Shape.labelled(3_000_000, 2);
    RowSet rows =
        RowSet.write(
            wide,
            3,
            (i, row, at) -> {
              row[at] = i;
              row[at + 2_999_999] = -i;
              return i % 2;
            });
    float[] copy = new float[3_000_000];
    for (int i = 0; i < 3; i++) {
      rows.copyFeatures(i, copy, 0);
      assertEquals(i, copy[0]);
      assertEquals(-i, copy[2_999_999]);
      assertEquals(i % 2, rows.label(i));
    }
    RowSet many = numbered(RowSet.Shape.labelled(1000, 7), 10_000);
    float[] row = new float[1000];
    for (int i = 0; i < 10_000; i += 77) {
      many.copyFeatures(i, row, 0);
      assertEquals(10f * i + 999, row[999]);
      assertEquals(i % 7, many.label(i));
    }
  }

  @Test
  void someRowsAreSelectedInAnyOrder() {
    RowSet rows = numbered(WHOLE, 9);
    RowSet some = rows.select(new int[] {8, 0, 8});
    assertEquals(3, some.count());
    assertEquals(85, some.weight(0));
    assertEquals(85, some.weight(2));
    assertEquals(rows, rows.select(IntStream.range(0, 9).toArray()));
    assertEquals(0, rows.select(new int[0]).count());
  }

  @Test
  void equalRowsAreEqualAndOthersAreNot() {
    RowSet rows = numbered(WHOLE, 4);
    assertEquals(rows, numbered(WHOLE, 4));
    assertEquals(rows.hashCode(), numbered(WHOLE, 4).hashCode());
    assertEquals(rows.checksum(), numbered(WHOLE, 4).checksum());
    for (RowSet other :
        new RowSet[] {
          numbered(WHOLE, 5),
          numbered(RowSet.Shape.withTargets(4, 1).weighted(), 4),
          rows.select(new int[] {1, 0, 2, 3})
        }) {
      assertNotEquals(rows, other);
      assertNotEquals(rows.checksum(), other.checksum());
    }
  }

  /** Zeros with a sign are equal and would hash otherwise. */
  @Test
  void zerosHaveNoSign() {
    RowSet negative = RowSet.labelled(new float[][] {{-0f, 1}}, new int[] {1}, 2);
    RowSet positive = RowSet.labelled(new float[][] {{0f, 1}}, new int[] {1}, 2);
    assertEquals(positive.checksum(), negative.checksum());
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void whatIsNoNumberIsRefused(float bad) {
    assertRefused(
        "number 1 of row 1 must be finite, found " + bad,
        () -> RowSet.labelled(new float[][] {{1, 2}, {3, bad}}, new int[] {0, 1}, 2));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    float[][] rows = {{1, 2}, {3, 4}};
    assertRefused(
        "label of row 1 must be 0 to 1, found 2", () -> RowSet.labelled(rows, new int[] {0, 2}, 2));
    assertRefused(
        "2 rows need as many labels, found 1", () -> RowSet.labelled(rows, new int[] {0}, 2));
    assertRefused(
        "row 1 must have 2 numbers, found 1",
        () -> RowSet.labelled(new float[][] {{1, 2}, {3}}, new int[] {0, 1}, 2));
    assertRefused(
        "row 1 must have 1 numbers, found 2",
        () -> RowSet.withTargets(rows, new float[][] {{1}, {2, 3}}));
    assertRefused(
        "expected at least one row, found none",
        () -> RowSet.labelled(new float[0][], new int[0], 2));
    assertRefused(
        "rows have a label or targets, found 2 classes and 1 targets",
        () -> new RowSet.Shape(3, 2, 1, false));
    assertRefused(
        "weight of row 0 must be at least 0, found -1.0",
        () ->
            RowSet.write(
                RowSet.Shape.labelled(1, 1).weighted(),
                1,
                (i, row, at) -> {
                  row[at + 1] = -1;
                  return 0;
                }));
    assertRefused("expected images, found 4 rows", () -> numbered(WHOLE, 4).images());
  }

  private static void assertRefused(
      String message, org.junit.jupiter.api.function.Executable refused) {
    String found = assertThrows(IllegalArgumentException.class, refused).getMessage();
    assertTrue(found.startsWith(message), found);
  }

  /** Four bytes a number and four a label, and little more; also as it crosses to an executor. */
  @Test
  void aRowTakesFourBytesANumberAndFourForTheLabel() throws IOException {
    RowSet rows = numbered(RowSet.Shape.labelled(50, 3), 20_000);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(sent)) {
      out.writeObject(rows);
    }
    assertEquals(20_000 * 51 * 4, sent.size(), 2_000);
  }

  /** Eight bytes for each feature that is not zero, four for the row's end, four for its label. */
  @Test
  void aRowOfZerosTakesLessAndIsReadAlike() {
    RowSet.Shape shape = RowSet.Shape.withTargets(1_000, 2).weighted();
    RowSet rows =
        RowSet.write(
            shape,
            500,
            (i, row, at) -> {
              row[at + i] = i + 1;
              row[at + 999] = 7;
              row[at + 1_000] = i % 2;
              row[at + 1_001] = -i;
              row[at + 1_002] = 3;
              return 0;
            });
    assertTrue(rows.mostBytes() <= 500 * (5 * 8 + 4), "found " + rows.mostBytes());
    assertTrue(rows.numbers().isSparse(0));
    float[] features = new float[1_000];
    float[] targets = new float[2];
    int[] columns = new int[5];
    float[] values = new float[5];
    for (int i = 0; i < 500; i++) {
      rows.copyFeatures(i, features, 0);
      assertEquals(i + 1, features[i]);
      assertEquals(7, features[999]);
      assertEquals(0, features[i + 1]);
      rows.copyTargets(i, targets, 0);
      assertArrayEquals(new float[] {i % 2, i == 0 ? 0 : -i}, targets);
      assertEquals(3, rows.weight(i));
      assertEquals(2, rows.appendNonZeroFeatures(i, columns, values, 0));
      assertArrayEquals(new int[] {i, 999}, Arrays.copyOf(columns, 2));
    }
    assertEquals(rows, rows.select(IntStream.range(0, 500).toArray()));
    RowSet other = rows.select(IntStream.range(0, 500).map(i -> 499 - i).toArray());
    assertNotEquals(rows.checksum(), other.checksum());
  }
}
