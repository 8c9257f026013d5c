package org.shardmean.spark;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.spark.sql.Row;
import org.shardmean.data.Sha256;

/**
 * A row of a table, read as an example.
 *
 * @param widths numbers in each column of features; held, not copied
 * @param numbers its features, targets and weight; held, not copied
 * @param faults the columns that keep it from being an example; their numbers are zeros
 */
record TableRow(int[] widths, float[] numbers, int label, BitSet faults) {

  /** A row of columns in the order of {@code fields}: doubles, arrays of doubles and vectors. */
  static TableRow of(Row row, TableFields fields) {
    int[] widths = widths(row, fields);
    int features = 0;
    for (int width : widths) {
      features += width;
    }
    float[] numbers = new float[features + fields.targets() + (fields.isWeighted() ? 1 : 0)];
    BitSet faults = new BitSet();
    int at = 0;
    for (int column = 0; column < fields.numbers(); column++) {
      int width = column < widths.length ? widths[column] : 1;
      if (!read(row.get(column), numbers, at, width)
          || (column == fields.weight() && numbers[at] < 0)) {
        faults.set(column);
      }
      at += width;
    }
    int label = 0;
    if (fields.isLabelled()) {
      label = fields.labelOf(row.get(fields.numbers()));
      if (label < 0) {
        faults.set(fields.numbers());
      }
    }
    return new TableRow(widths, numbers, label, faults);
  }

  private static int[] widths(Row row, TableFields fields) {
    int[] widths = new int[fields.features()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = width(row.get(column));
    }
    return widths;
  }

  private static int width(Object cell) {
    if (cell == null || cell instanceof Double) {
      return 1;
    }
    return cell instanceof scala.collection.Seq<?> array ? array.length() : VectorCell.length(cell);
  }

  /** Whether all of a cell's numbers are finite in float32. Zeros get no sign. */
  private static boolean read(Object cell, float[] into, int at, int width) {
    if (cell == null) {
      return false;
    }
    if (cell instanceof Double number) {
      into[at] = number.floatValue();
    } else if (cell instanceof scala.collection.Seq<?> array) {
      for (int i = 0; i < width; i++) {
        into[at + i] = array.apply(i) instanceof Double number ? number.floatValue() : Float.NaN;
      }
    } else {
      VectorCell.copyTo(cell, into, at);
    }
    boolean isFinite = true;
    for (int i = at; i < at + width; i++) {
      isFinite &= Float.isFinite(into[i]);
      into[i] += 0f;
    }
    return isFinite;
  }

  /** The first 16 bytes of the SHA-256 of numbers and label, as two longs. */
  long[] key() {
    ByteBuffer content = ByteBuffer.allocate(Float.BYTES * (numbers.length + 1));
    content.asFloatBuffer().put(numbers);
    content.putInt(Float.BYTES * numbers.length, label);
    ByteBuffer digest = ByteBuffer.wrap(Sha256.of(content.array()));
    return new long[] {digest.getLong(), digest.getLong()};
  }

  /** The widths as something that can be a key. */
  List<Integer> width() {
    return Arrays.stream(widths).boxed().toList();
  }
}
