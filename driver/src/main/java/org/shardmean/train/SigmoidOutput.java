package org.shardmean.train;

/**
 * The sigmoid, with the binary cross-entropy or the mean squared error.
 *
 * @param outputs columns of every matrix here; rows are examples
 * @param squared whether the loss is the mean squared error over the outputs; otherwise it is the
 *     binary cross-entropy, summed over them
 */
record SigmoidOutput(int outputs, boolean squared) implements OutputFunction {
  /** Keeps the loss of an output at its bound finite. */
  private static final double SMALLEST = 1e-10;

  /** {@code a = 1 / (1 + e^-z)}. */
  @Override
  public void applyInPlace(float[] z, int rows) {
    int length = rows * outputs;
    for (int i = 0; i < length; i++) {
      z[i] = (float) (1 / (1 + Exponential.exp(-z[i])));
    }
  }

  /**
   * {@code delta = (a - y) / rows} for the cross-entropy, {@code delta = 2 (a - y) a (1 - a) /
   * (outputs * rows)} for the squared error.
   */
  @Override
  public void gradient(float[] a, Batch batch, float[] delta) {
    float[] y = batch.targets();
    int length = batch.count() * outputs;
    if (squared) {
      float factor = 2f / length;
      for (int i = 0; i < length; i++) {
        float slope = a[i] * (1 - a[i]) + Coarse.SINGLE - Coarse.SINGLE;
        delta[i] = (a[i] - y[i]) * slope * factor + Coarse.SINGLE - Coarse.SINGLE;
      }
    } else {
      float factor = 1f / batch.count();
      for (int i = 0; i < length; i++) {
        delta[i] = (a[i] - y[i]) * factor + Coarse.SINGLE - Coarse.SINGLE;
      }
    }
  }

  @Override
  public double loss(float[] a, Batch batch, int row) {
    return squared
        ? OutputFunction.squaredError(a, batch.targets(), row, outputs)
        : crossEntropy(a, batch.targets(), row);
  }

  private double crossEntropy(float[] a, float[] y, int row) {
    double sum = 0;
    for (int i = row * outputs; i < (row + 1) * outputs; i++) {
      double on = Logarithm.ln(Math.max(a[i], SMALLEST));
      double off = Logarithm.ln(Math.max(1 - (double) a[i], SMALLEST));
      sum -= off + y[i] * (on - off);
    }
    return sum;
  }
}
