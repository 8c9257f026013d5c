package org.shardmean.train;

import org.shardmean.data.Digits;

/**
 * A minibatch, ready for an engine: features widened to floats, labels beside them. One batch is
 * made for each worker and filled again for every step.
 *
 * <p>{@code features} is row-major: rows are the examples, columns their pixels, 0 to 1.
 */
public final class Batch {
  private final float[] features;
  private final int[] labels;
  private final int inputs;
  private int count;

  public Batch(int capacity, int inputs) {
    this.features = new float[Math.multiplyExact(capacity, inputs)];
    this.labels = new int[capacity];
    this.inputs = inputs;
  }

  /** Takes the examples {@code order[from] … order[from + count - 1]} of {@code digits}. */
  public void fill(Digits digits, int[] order, int from, int count) {
    this.count = count;
    for (int row = 0; row < count; row++) {
      int example = order[from + row];
      digits.scaleInto(example, features, row * inputs);
      labels[row] = digits.label(example);
    }
  }

  /** Examples in the batch now; rows beyond are left over from earlier batches. */
  public int count() {
    return count;
  }

  /** Columns of {@link #features()}. */
  public int inputs() {
    return inputs;
  }

  /** The features, a view: at least {@code count * inputs} floats. */
  public float[] features() {
    return features;
  }

  /** The label of each row, a view: at least {@code count} numbers. */
  public int[] labels() {
    return labels;
  }
}
