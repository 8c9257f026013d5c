package org.shardmean.data;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * Rows of float32 numbers, each with a label or with targets, and if so wanted with a weight:
 * tables, packed. A row takes 4 bytes a feature, a target and a weight, and 4 bytes for the label
 * where it has one; rows that are mostly zeros take less, see {@link RowNumbers}.
 *
 * <p>Every number is finite. Zeros have no sign, so equal rows have equal bits. Immutable: whatever
 * goes in or comes out is copied.
 */
public final class RowSet implements Examples {
  private static final long serialVersionUID = 1L;

  private final Shape shape;

  /** Of each row its features, then its targets, then its weight. */
  private final RowNumbers numbers;

  /** Empty where there is one class. */
  private final int[] labels;

  /**
   * What each row holds.
   *
   * @param inputs its features, at least 1
   * @param classes its label is one of {@code 0 … classes - 1}; 1 where there are targets or where
   *     there is nothing to tell apart
   * @param targets what a network should answer, for regression; 0 where there is a label
   * @param isWeighted whether it has a weight, at least 0, by which its gradient counts
   */
  public record Shape(int inputs, int classes, int targets, boolean isWeighted)
      implements java.io.Serializable {
    public Shape {
      require(inputs > 0, "rows must have at least one feature, found " + inputs);
      require(classes > 0, "classes must be at least 1, found " + classes);
      require(targets >= 0, "targets must not be negative, found " + targets);
      require(
          targets == 0 || classes == 1,
          "rows have a label or targets, found %d classes and %d targets"
              .formatted(classes, targets));
    }

    /** Rows with a label. */
    public static Shape labelled(int inputs, int classes) {
      return new Shape(inputs, classes, 0, false);
    }

    /** Rows with targets. */
    public static Shape withTargets(int inputs, int targets) {
      return new Shape(inputs, 1, targets, false);
    }

    /** The same with a weight. */
    public Shape weighted() {
      return new Shape(inputs, classes, targets, true);
    }

    /** Floats of a row: its features, then its targets, then its weight. */
    public int floats() {
      return inputs + targets + (isWeighted ? 1 : 0);
    }
  }

  /** Writes row {@code i} and says its label. */
  @FunctionalInterface
  public interface Writer {
    /**
     * Writes one row.
     *
     * @param i which row, {@code 0 … count - 1}
     * @param row where to write
     * @param at the first of the row's {@link Shape#floats}
     * @return the row's label; 0 where it has targets
     */
    int write(int i, float[] row, int at);
  }

  private RowSet(Shape shape, RowNumbers numbers, int[] labels) {
    this.shape = shape;
    this.numbers = numbers;
    this.labels = labels;
  }

  /**
   * Rows that are packed already.
   *
   * @param numbers of each row {@link Shape#floats}: its features, then its targets, then its
   *     weight
   * @param labels one for each row, copied; empty where there is one class
   * @throws IllegalArgumentException if a weight is negative, or a label is not one of the classes
   */
  public static RowSet of(Shape shape, RowNumbers numbers, int[] labels) {
    requireNonNull(shape, "shape");
    require(
        numbers.width() == shape.floats(),
        "rows must have %d numbers, found %d".formatted(shape.floats(), numbers.width()));
    int labelled = shape.classes() > 1 ? numbers.count() : 0;
    require(
        labels.length == labelled,
        "expected %d labels, found %d".formatted(labelled, labels.length));
    for (int i = 0; i < labels.length; i++) {
      requireLabel(i, labels[i], shape);
    }
    for (int i = 0; shape.isWeighted() && i < numbers.count(); i++) {
      float weight = numbers.number(i, shape.floats() - 1);
      if (!(weight >= 0)) {
        throw new IllegalArgumentException(
            "weight of row %d must be at least 0, found %s".formatted(i, weight));
      }
    }
    return new RowSet(shape, numbers, labels.clone());
  }

  private static void requireLabel(int row, int label, Shape shape) {
    if (label < 0 || label >= shape.classes()) {
      throw new IllegalArgumentException(
          "label of row %d must be 0 to %d, found %d".formatted(row, shape.classes() - 1, label));
    }
  }

  /**
   * Rows made one by one, in order.
   *
   * @throws IllegalArgumentException if a number is not finite, a weight is negative, or a label is
   *     not one of the classes
   */
  public static RowSet write(Shape shape, int count, Writer writer) {
    requireNonNull(shape, "shape");
    requireNonNull(writer, "writer");
    require(count >= 0, "count must not be negative, found " + count);
    RowNumbers.Builder numbers = new RowNumbers.Builder(shape.floats(), count);
    int[] labels = new int[shape.classes() > 1 ? count : 0];
    float[] row = new float[shape.floats()];
    for (int i = 0; i < count; i++) {
      Arrays.fill(row, 0);
      int label = writer.write(i, row, 0);
      requireLabel(i, label, shape);
      numbers.add(row, 0);
      if (labels.length > 0) {
        labels[i] = label;
      }
    }
    return of(shape, numbers.build(), labels);
  }

  /**
   * Rows with labels.
   *
   * @param rows of the features, of one length
   * @param labels one for each row
   * @throws IllegalArgumentException as {@link #write}, or if the lengths do not fit
   */
  public static RowSet labelled(float[][] rows, int[] labels, int classes) {
    requireAsMany(rows, labels.length, "labels");
    Shape shape = Shape.labelled(rows[0].length, classes);
    return write(
        shape,
        rows.length,
        (i, into, at) -> {
          copy(rows[i], shape.inputs(), i, into, at);
          return labels[i];
        });
  }

  /**
   * Rows with targets.
   *
   * @param rows of the features, of one length
   * @param targets one row for each, of one length
   * @throws IllegalArgumentException as {@link #write}, or if the lengths do not fit
   */
  public static RowSet withTargets(float[][] rows, float[][] targets) {
    requireAsMany(rows, targets.length, "rows of targets");
    Shape shape = Shape.withTargets(rows[0].length, targets[0].length);
    return write(
        shape,
        rows.length,
        (i, into, at) -> {
          copy(rows[i], shape.inputs(), i, into, at);
          copy(targets[i], shape.targets(), i, into, at + shape.inputs());
          return 0;
        });
  }

  private static void requireAsMany(float[][] rows, int others, String what) {
    require(rows.length > 0, "expected at least one row, found none");
    require(
        rows.length == others,
        "%d rows need as many %s, found %d".formatted(rows.length, what, others));
  }

  private static void copy(float[] from, int length, int row, float[] into, int at) {
    require(
        from.length == length,
        "row %d must have %d numbers, found %d".formatted(row, length, from.length));
    System.arraycopy(from, 0, into, at, length);
  }

  /** The rows at {@code indices}, in that order; an index may stand more than once. */
  @Override
  public RowSet select(int[] indices) {
    RowNumbers.Builder selected = new RowNumbers.Builder(shape.floats(), indices.length);
    for (int index : indices) {
      selected.add(numbers, index);
    }
    return new RowSet(
        shape,
        selected.build(),
        labels.length == 0 ? labels : IntStream.of(indices).map(index -> labels[index]).toArray());
  }

  /**
   * The same labels with other numbers.
   *
   * @throws IllegalArgumentException if the numbers are of other rows, or a weight is negative
   */
  public RowSet withNumbers(RowNumbers others) {
    require(
        others.count() == count(),
        "expected numbers of %d rows, found %d".formatted(count(), others.count()));
    return of(shape, others, labels);
  }

  /** Of each row its features, then its targets, then its weight. */
  public RowNumbers numbers() {
    return numbers;
  }

  /** What each row holds. */
  public Shape shape() {
    return shape;
  }

  @Override
  public int count() {
    return numbers.count();
  }

  /** 1: a row is an image of one line. */
  @Override
  public int height() {
    return 1;
  }

  /** The features of a row. */
  @Override
  public int width() {
    return shape.inputs();
  }

  @Override
  public int classes() {
    return shape.classes();
  }

  @Override
  public int targets() {
    return shape.targets();
  }

  @Override
  public int label(int i) {
    return labels.length == 0 ? 0 : labels[i];
  }

  /** Copies the features of row {@code i} to {@code into}, from {@code at}. */
  public void copyFeatures(int i, float[] into, int at) {
    numbers.copyInto(i, 0, shape.inputs(), into, at);
  }

  /**
   * Appends the features of row {@code i} that are not zero, as {@link RowNumbers#appendNonZeros}
   * does, which also writes over what comes behind them.
   *
   * @return where the next row's would begin
   */
  public int appendNonZeroFeatures(int i, int[] columns, float[] values, int at) {
    int end = numbers.appendNonZeros(i, columns, values, at);
    while (end > at && columns[end - 1] >= shape.inputs()) { // Targets and weight come last.
      end--;
    }
    return end;
  }

  /** Copies the targets of row {@code i} to {@code into}, from {@code at}. */
  public void copyTargets(int i, float[] into, int at) {
    numbers.copyInto(i, shape.inputs(), shape.targets(), into, at);
  }

  /** The weight of row {@code i}; 1 where rows have none. */
  public float weight(int i) {
    return shape.isWeighted() ? numbers.number(i, shape.floats() - 1) : 1;
  }

  @Override
  public long mostBytes() {
    return numbers.bytes() + (long) Integer.BYTES * labels.length;
  }

  /** CRC-32C of the shape, the labels and every row: quick, and no proof against intent. */
  @Override
  public int checksum() {
    CRC32C checksum = new CRC32C();
    checksum.update(
        ByteBuffer.allocate(20)
            .putInt(count())
            .putInt(shape.inputs())
            .putInt(shape.classes())
            .putInt(shape.targets())
            .putInt(shape.isWeighted() ? 1 : 0)
            .flip());
    ByteBuffer label = ByteBuffer.allocate(Integer.BYTES);
    for (int i = 0; i < count(); i++) {
      checksum.update(label.clear().putInt(label(i)).flip());
      numbers.addTo(checksum, i);
    }
    return (int) checksum.getValue();
  }

  /** Whether both hold the same rows in the same order. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RowSet that
        && shape.equals(that.shape)
        && Arrays.equals(labels, that.labels)
        && numbers.equals(that.numbers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(labels) * 31 + numbers.hashCode();
  }

  @Override
  public String toString() {
    return count()
        + " rows of "
        + shape.inputs()
        + " features, "
        + (shape.targets() > 0 ? shape.targets() + " targets" : shape.classes() + " classes");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
