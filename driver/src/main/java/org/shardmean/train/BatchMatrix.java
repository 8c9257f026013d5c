package org.shardmean.train;

/**
 * A row-major matrix with a row for each example of a batch. It stands twice: in native memory for
 * BLAS, and on the heap for Java's loops; whoever writes one side copies it to the other.
 */
final class BatchMatrix implements AutoCloseable {
  private final NativeMatrix matrix;
  private final float[] heap;

  BatchMatrix(int capacity, int columns) {
    matrix = NativeMatrix.allocate(capacity, columns);
    heap = new float[capacity * columns];
  }

  NativeMatrix matrix() {
    return matrix;
  }

  /** The side that Java's loops work on, a view; the rows' floats one after another. */
  float[] heap() {
    return heap;
  }

  /** Floats in {@code count} rows. */
  int length(int count) {
    return count * matrix.columns();
  }

  void copyToHeap(int count) {
    matrix.getRows(count, heap);
  }

  void copyToNative(int count) {
    matrix.putRows(count, heap);
  }

  @Override
  public void close() {
    matrix.close();
  }
}
