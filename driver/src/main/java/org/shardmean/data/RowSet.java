package org.shardmean.data;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Rows of float32 numbers, each with a label or with targets, and if so wanted with a weight:
 * tables, packed. A row takes 4 bytes a feature, a target and a weight, and 4 bytes for the label
 * where it has one.
 *
 * <p>Every number is finite. Zeros have no sign, so equal rows have equal bits. Immutable: whatever
 * goes in or comes out is copied.
 */
public final class RowSet implements Examples {
  private static final long serialVersionUID = 1L;

  /** Floats of a block, at most, unless a single row has more. */
  private static final int BLOCK_FLOATS = 1 << 22;

  private final Shape shape;
  private final int count;
  private final int rowsPerBlock;
  private final float[][] blocks;
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

  private RowSet(Shape shape, int count, int rowsPerBlock, float[][] blocks, int[] labels) {
    this.shape = shape;
    this.count = count;
    this.rowsPerBlock = rowsPerBlock;
    this.blocks = blocks;
    this.labels = labels;
  }

  /**
   * Rows made one by one, in order, straight into the packed blocks.
   *
   * @throws IllegalArgumentException if a number is not finite, a weight is negative, or a label is
   *     not one of the classes
   */
  public static RowSet write(Shape shape, int count, Writer writer) {
    requireNonNull(shape, "shape");
    requireNonNull(writer, "writer");
    require(count >= 0, "count must not be negative, found " + count);
    int rowsPerBlock = Integer.highestOneBit(Math.max(1, BLOCK_FLOATS / shape.floats()));
    float[][] blocks = new float[(int) (((long) count + rowsPerBlock - 1) / rowsPerBlock)][];
    int[] labels = new int[shape.classes() > 1 ? count : 0];
    for (int i = 0; i < count; i++) {
      int block = i / rowsPerBlock;
      if (blocks[block] == null) {
        int rows = Math.min(rowsPerBlock, count - block * rowsPerBlock);
        blocks[block] = new float[Math.multiplyExact(rows, shape.floats())];
      }
      int at = (i - block * rowsPerBlock) * shape.floats();
      int label = writer.write(i, blocks[block], at);
      settleInPlace(blocks[block], at, shape, i);
      if (label < 0 || label >= shape.classes()) {
        throw new IllegalArgumentException(
            "label of row %d must be 0 to %d, found %d".formatted(i, shape.classes() - 1, label));
      }
      if (labels.length > 0) {
        labels[i] = label;
      }
    }
    return new RowSet(shape, count, rowsPerBlock, blocks, labels);
  }

  /** Takes the sign off zeros, and refuses what is no number. */
  private static void settleInPlace(float[] block, int at, Shape shape, int row) {
    for (int k = 0; k < shape.floats(); k++) {
      float value = block[at + k] + 0f;
      if (!Float.isFinite(value)) { // A message for every number would take most of the time.
        throw new IllegalArgumentException(
            "number %d of row %d must be finite, found %s".formatted(k, row, value));
      }
      block[at + k] = value;
    }
    if (shape.isWeighted()) {
      float weight = block[at + shape.floats() - 1];
      if (!(weight >= 0)) {
        throw new IllegalArgumentException(
            "weight of row %d must be at least 0, found %s".formatted(row, weight));
      }
    }
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
    return write(
        shape,
        indices.length,
        (i, into, at) -> {
          copyInto(indices[i], 0, shape.floats(), into, at);
          return label(indices[i]);
        });
  }

  /** What each row holds. */
  public Shape shape() {
    return shape;
  }

  @Override
  public int count() {
    return count;
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
    copyInto(i, 0, shape.inputs(), into, at);
  }

  /** Copies the targets of row {@code i} to {@code into}, from {@code at}. */
  public void copyTargets(int i, float[] into, int at) {
    copyInto(i, shape.inputs(), shape.targets(), into, at);
  }

  /** The weight of row {@code i}; 1 where rows have none. */
  public float weight(int i) {
    return shape.isWeighted() ? blocks[i / rowsPerBlock][first(i) + shape.floats() - 1] : 1;
  }

  private void copyInto(int i, int from, int length, float[] into, int at) {
    System.arraycopy(blocks[i / rowsPerBlock], first(i) + from, into, at, length);
  }

  private int first(int i) {
    return i % rowsPerBlock * shape.floats();
  }

  /** CRC-32C of the shape, the labels and every row: quick, and no proof against intent. */
  @Override
  public int checksum() {
    CRC32C checksum = new CRC32C();
    ByteBuffer row = ByteBuffer.allocate(Integer.BYTES * (shape.floats() + 1));
    checksum.update(
        ByteBuffer.allocate(20)
            .putInt(count)
            .putInt(shape.inputs())
            .putInt(shape.classes())
            .putInt(shape.targets())
            .putInt(shape.isWeighted() ? 1 : 0)
            .flip());
    for (int i = 0; i < count; i++) {
      row.clear().putInt(label(i));
      row.asFloatBuffer().put(blocks[i / rowsPerBlock], first(i), shape.floats());
      checksum.update(row.rewind());
    }
    return (int) checksum.getValue();
  }

  /** Whether both hold the same rows in the same order. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RowSet that
        && shape.equals(that.shape)
        && count == that.count
        && Arrays.equals(labels, that.labels)
        && Arrays.deepEquals(blocks, that.blocks);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(labels) * 31 + Arrays.deepHashCode(blocks);
  }

  @Override
  public String toString() {
    return count
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
