package org.shardmean.spark;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.spark.sql.Row;
import org.shardmean.data.RowNumbers;
import org.shardmean.data.Sha256;

/**
 * A row of a table, read as an example: of its features, targets and weight those numbers that are
 * not zero. The arrays are held, not copied.
 *
 * @param widths numbers in each column of features
 * @param size how many numbers there are, zeros too
 * @param places of the numbers that are not zero, ascending
 * @param values these numbers
 * @param faults the columns that keep it from being an example; what they hold that is no number
 *     counts as zero
 */
record TableRow(int[] widths, int size, int[] places, float[] values, int label, BitSet faults) {

  /** A row of columns in the order of {@code fields}: doubles, arrays of doubles and vectors. */
  static TableRow of(Row row, TableFields fields) {
    int[] widths = new int[fields.features()];
    int most = fields.numbers() - widths.length;
    for (int column = 0; column < widths.length; column++) {
      widths[column] = width(row.get(column));
      most += held(row.get(column));
    }
    NonZeros numbers = new NonZeros(most);
    BitSet faults = new BitSet();
    for (int column = 0; column < fields.numbers(); column++) {
      int width = column < widths.length ? widths[column] : 1;
      if (!numbers.read(row.get(column), width)
          || (column == fields.weight() && numbers.isLastNegative())) {
        faults.set(column);
      }
    }
    int label = 0;
    if (fields.isLabelled()) {
      label = fields.labelOf(row.get(fields.numbers()));
      if (label < 0) {
        faults.set(fields.numbers());
      }
    }
    return new TableRow(widths, numbers.size, numbers.places(), numbers.values(), label, faults);
  }

  private static int width(Object cell) {
    if (cell == null || cell instanceof Double) {
      return 1;
    }
    return cell instanceof scala.collection.Seq<?> array ? array.length() : VectorCell.length(cell);
  }

  /** How many numbers a cell holds: of a sparse vector, those that it names. */
  private static int held(Object cell) {
    return cell == null || cell instanceof Double || cell instanceof scala.collection.Seq<?>
        ? width(cell)
        : VectorCell.held(cell);
  }

  /** Takes cells one after another. */
  static final class NonZeros {
    private final int[] places;
    private final float[] values;
    private int count;
    private int size;

    private NonZeros(int most) {
      places = new int[most];
      values = new float[most];
    }

    /** Appends a cell of so many numbers; whether all are finite in float32. */
    private boolean read(Object cell, int width) {
      boolean areFinite = cell != null;
      if (cell instanceof Double number) {
        areFinite = put(0, number);
      } else if (cell instanceof scala.collection.Seq<?> array) {
        for (int i = 0; i < width; i++) {
          areFinite &= array.apply(i) instanceof Double number && put(i, number);
        }
      } else if (cell != null) {
        areFinite = VectorCell.copyTo(cell, this);
      }
      size += width;
      return areFinite;
    }

    /** Appends number {@code i} of the cell, unless it is zero; whether it is finite in float32. */
    boolean put(int i, double number) {
      float value = (float) number;
      if (!Float.isFinite(value)) {
        return false;
      }
      if (value != 0) {
        places[count] = size + i;
        values[count] = value;
        count++;
      }
      return true;
    }

    private boolean isLastNegative() {
      return count > 0 && places[count - 1] == size - 1 && values[count - 1] < 0;
    }

    private int[] places() {
      return count == places.length ? places : Arrays.copyOf(places, count);
    }

    private float[] values() {
      return count == values.length ? values : Arrays.copyOf(values, count);
    }
  }

  /** Every number, in a new array. */
  float[] numbers() {
    float[] numbers = new float[size];
    for (int k = 0; k < places.length; k++) {
      numbers[places[k]] = values[k];
    }
    return numbers;
  }

  /**
   * The first 16 bytes of the SHA-256 of numbers and label, as two longs. Whether zeros are left
   * out of it follows from the numbers, not from how a cell holds them.
   */
  long[] key() {
    boolean isSparse = RowNumbers.areMostlyZeros(places.length, size);
    float[] numbers = isSparse ? values : numbers();
    int[] columns = isSparse ? places : new int[0];
    ByteBuffer content = ByteBuffer.allocate(Float.BYTES * (numbers.length + columns.length + 1));
    FloatBuffer floats = content.asFloatBuffer().put(numbers);
    content.position(Float.BYTES * floats.position());
    content.asIntBuffer().put(columns).put(label);
    ByteBuffer digest = ByteBuffer.wrap(Sha256.of(content.array()));
    return new long[] {digest.getLong(), digest.getLong()};
  }

  /** The widths as something that can be a key. */
  List<Integer> width() {
    return Arrays.stream(widths).boxed().toList();
  }
}
