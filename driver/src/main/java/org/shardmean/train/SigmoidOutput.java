package org.shardmean.train;

/**
 * The sigmoid, with the binary cross-entropy or the mean squared error. Whichever of them is
 * descended, the mean squared error is reported: it says how far an output is off, and both can be
 * compared by it.
 *
 * @param outputs columns of every matrix here; rows are examples
 * @param squared whether the mean squared error over the outputs is descended; otherwise it is the
 *     binary cross-entropy, summed over them
 */
record SigmoidOutput(int outputs, boolean squared) implements OutputFunction {
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
    return OutputFunction.squaredError(a, batch.targets(), row, outputs);
  }
}
