package org.shardmean.train;

import java.util.Arrays;
import org.shardmean.model.ParameterLayout;

/**
 * The first layer's products for a batch that is mostly background: the same sums as {@link
 * DenseLayer}'s, without the products that are zero. They run in plain loops on the heap, over four
 * pixels or four examples at a time.
 *
 * <p>The compiler makes vector instructions only of loops that use one index for all arrays. That
 * is why rows are copied to arrays of their own before they are added up.
 */
final class SparseLayer {
  private final int weights;
  private final int biases;
  private final int units;
  private final float[][] weightRows;
  private final float[][] deltaRows;
  private final float[] sum;

  /**
   * @param capacity the most examples in a batch
   */
  SparseLayer(ParameterLayout layout, int capacity) {
    weights = layout.weights(0);
    biases = layout.biases(0);
    units = layout.outputs(0);
    weightRows = new float[layout.inputs(0)][units];
    deltaRows = new float[capacity][units];
    sum = new float[units];
  }

  /**
   * {@code z = x W + b}.
   *
   * @param parameters in the order of {@link InputMajor}
   * @param z receives a row for each example
   */
  void weightedSums(float[] parameters, SparseBatch x, float[] z) {
    for (int input = 0; input < weightRows.length; input++) {
      if (x.uses(input)) {
        System.arraycopy(parameters, weights + input * units, weightRows[input], 0, units);
      }
    }
    for (int row = 0; row < x.count(); row++) {
      System.arraycopy(parameters, biases, sum, 0, units);
      addRows(x.byRow(), x.columns(), x.rowStart(row), x.rowEnd(row), weightRows);
      System.arraycopy(sum, 0, z, row * units, units);
    }
  }

  /**
   * {@code dW = xᵀ delta} and {@code db = 1ᵀ delta}.
   *
   * @param delta a row for each example
   * @param gradient receives the layer's part, in the order of {@link InputMajor}
   */
  void gradient(SparseBatch x, float[] delta, float[] gradient) {
    x.sortByColumn();
    Arrays.fill(sum, 0);
    for (int row = 0; row < x.count(); row++) {
      System.arraycopy(delta, row * units, deltaRows[row], 0, units);
      addTimes(sum, 1, deltaRows[row]);
    }
    System.arraycopy(sum, 0, gradient, biases, units);
    for (int input = 0; input < weightRows.length; input++) {
      int at = weights + input * units;
      if (x.uses(input)) {
        Arrays.fill(sum, 0);
        addRows(x.byColumn(), x.rows(), x.columnStart(input), x.columnEnd(input), deltaRows);
        System.arraycopy(sum, 0, gradient, at, units);
      } else {
        Arrays.fill(gradient, at, at + units, 0);
      }
    }
  }

  /** Adds {@code factors[k] * rows[which[k]]} to the sum, for {@code k} from start to end. */
  private void addRows(float[] factors, int[] which, int start, int end, float[][] rows) {
    int k = start;
    for (; k <= end - 4; k += 4) {
      addFourTimes(
          sum,
          factors[k],
          rows[which[k]],
          factors[k + 1],
          rows[which[k + 1]],
          factors[k + 2],
          rows[which[k + 2]],
          factors[k + 3],
          rows[which[k + 3]]);
    }
    if (k <= end - 2) {
      addTwoTimes(sum, factors[k], rows[which[k]], factors[k + 1], rows[which[k + 1]]);
      k += 2;
    }
    if (k < end) {
      addTimes(sum, factors[k], rows[which[k]]);
    }
  }

  private static void addTimes(float[] sum, float a, float[] x) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.fma(a, x[i], sum[i]);
    }
  }

  private static void addTwoTimes(float[] sum, float a, float[] x, float b, float[] y) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.fma(b, y[i], Math.fma(a, x[i], sum[i]));
    }
  }

  private static void addFourTimes(
      float[] sum, float a, float[] x, float b, float[] y, float c, float[] z, float d, float[] w) {
    for (int i = 0; i < sum.length; i++) {
      float half = Math.fma(b, y[i], Math.fma(a, x[i], sum[i]));
      sum[i] = Math.fma(d, w[i], Math.fma(c, z[i], half));
    }
  }
}
