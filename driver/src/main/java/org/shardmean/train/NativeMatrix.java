package org.shardmean.train;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas.cblas_sgemv;

import org.bytedeco.javacpp.FloatPointer;

/**
 * A row-major matrix in native memory, and the products that a dense layer is made of, each one
 * call of OpenBLAS. A batch's matrices have a row for each example; as a batch may hold fewer
 * examples than there is room for, the products take the number of rows in use.
 */
final class NativeMatrix implements AutoCloseable {
  private final NativeFloats floats;
  private final int offset;
  private final int rows;
  private final int columns;
  private final FloatPointer pointer;

  /** Zeros in memory of their own. */
  static NativeMatrix allocate(int rows, int columns) {
    return new NativeMatrix(new NativeFloats((long) rows * columns), 0, rows, columns);
  }

  /** A view of {@code rows * columns} floats, beginning at {@code offset}. */
  NativeMatrix(NativeFloats floats, int offset, int rows, int columns) {
    this.floats = floats;
    this.offset = offset;
    this.rows = rows;
    this.columns = columns;
    this.pointer = floats.pointer(offset);
  }

  int columns() {
    return columns;
  }

  /** Copies one row from the beginning of {@code from}. */
  void putRow(int row, float[] from) {
    floats.put(offset + row * columns, from, 0, columns);
  }

  /** Sets each of the first {@code count} rows to the one row of {@code from}. */
  void setRows(NativeMatrix from, int count) {
    for (int row = 0; row < count; row++) {
      floats.copy(offset + row * columns, from.floats, from.offset, columns);
    }
  }

  /** Copies the first {@code count} rows from {@code from}. */
  void putRows(int count, float[] from) {
    floats.put(offset, from, 0, count * columns);
  }

  /** Copies the first {@code count} rows to {@code into}. */
  void getRows(int count, float[] into) {
    floats.get(offset, into, 0, count * columns);
  }

  /** {@code this += a b}, where {@code this} and {@code a} have {@code count} rows. */
  void addTimes(NativeMatrix a, NativeMatrix b, int count) {
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasNoTrans,
        count,
        columns,
        a.columns,
        1f,
        a.pointer,
        a.columns,
        b.pointer,
        b.columns,
        1f,
        pointer,
        columns);
  }

  /** {@code this = a bᵀ}, where {@code this} and {@code a} have {@code count} rows. */
  void setTimesTransposed(NativeMatrix a, NativeMatrix b, int count) {
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasTrans,
        count,
        columns,
        a.columns,
        1f,
        a.pointer,
        a.columns,
        b.pointer,
        b.columns,
        0f,
        pointer,
        columns);
  }

  /** {@code this = aᵀ b}, where {@code a} and {@code b} have {@code count} rows. */
  void setTransposedTimes(NativeMatrix a, NativeMatrix b, int count) {
    cblas_sgemm(
        CblasRowMajor,
        CblasTrans,
        CblasNoTrans,
        rows,
        columns,
        count,
        1f,
        a.pointer,
        a.columns,
        b.pointer,
        b.columns,
        0f,
        pointer,
        columns);
  }

  /**
   * {@code this = aᵀ 1}: the sum of each of {@code a}'s columns over its first {@code count} rows.
   *
   * @param ones a column of at least {@code count} ones
   */
  void setColumnSums(NativeMatrix a, NativeMatrix ones, int count) {
    cblas_sgemv(
        CblasRowMajor,
        CblasTrans,
        count,
        a.columns,
        1f,
        a.pointer,
        a.columns,
        ones.pointer,
        1,
        0f,
        pointer,
        1);
  }

  /** Gives the memory back, of a view also that of all other views. */
  @Override
  public void close() {
    floats.close();
  }
}
