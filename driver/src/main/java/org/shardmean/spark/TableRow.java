package org.shardmean.spark;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.sql.Row;
import org.shardmean.data.RowSet;
import org.shardmean.data.Sha256;

/**
 * A row of a table as an example.
 *
 * @param numbers its features, targets and weight; held, not copied
 * @param key with {@code secondKey} the first 16 bytes of the SHA-256 of numbers and label
 */
record TableRow(float[] numbers, int label, long key, long secondKey) {

  /**
   * Of a row of checked columns: doubles and arrays of doubles, in the order of the shape's
   * numbers, and the label last, if there is one.
   */
  static TableRow of(Row row, RowSet.Shape shape) {
    float[] numbers = new float[shape.floats()];
    int end = 0;
    int column = 0;
    while (end < numbers.length) {
      if (row.get(column) instanceof Double number) {
        numbers[end++] = settled(number);
      } else {
        List<Double> array = row.getList(column);
        for (double number : array) {
          numbers[end++] = settled(number);
        }
      }
      column++;
    }
    int label = column < row.size() ? (int) row.getDouble(column) : 0;
    ByteBuffer content = ByteBuffer.allocate(Float.BYTES * (numbers.length + 1));
    content.asFloatBuffer().put(numbers);
    content.putInt(Float.BYTES * numbers.length, label);
    ByteBuffer digest = ByteBuffer.wrap(Sha256.of(content.array()));
    return new TableRow(numbers, label, digest.getLong(), digest.getLong());
  }

  /** Zeros have no sign. */
  private static float settled(double number) {
    return (float) number + 0f;
  }
}
