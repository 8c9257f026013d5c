package org.shardmean.train;

/**
 * The weighted sums as they are, and the mean squared error over the outputs.
 *
 * @param outputs columns of every matrix here; rows are examples
 */
record IdentityOutput(int outputs) implements OutputFunction {
  @Override
  public void applyInPlace(float[] z, int rows) {}

  /** {@code delta = 2 (z - y) / (outputs * rows)}. */
  @Override
  public void gradient(float[] z, Batch batch, float[] delta) {
    float[] y = batch.targets();
    int length = batch.count() * outputs;
    float factor = 2f / length;
    for (int i = 0; i < length; i++) {
      delta[i] = (z[i] - y[i]) * factor + Coarse.SINGLE - Coarse.SINGLE;
    }
  }

  @Override
  public double loss(float[] z, Batch batch, int row) {
    return OutputFunction.squaredError(z, batch.targets(), row, outputs);
  }
}
