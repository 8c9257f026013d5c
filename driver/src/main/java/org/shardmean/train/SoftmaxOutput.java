package org.shardmean.train;

import org.shardmean.metrics.Likeliest;

/**
 * The output layer's softmax, and the gradient of the negative log-likelihood through it.
 *
 * @param classes columns of every matrix here; rows are examples
 * @param labelSmoothing the share of each label that is spread evenly over all classes
 */
record SoftmaxOutput(int classes, double labelSmoothing) implements OutputFunction {
  /** Keeps the loss of an example that was given no probability at all finite. */
  private static final float SMALLEST = 1e-10f;

  /**
   * {@code p = e^z / sum e^z} row by row; the row's maximum is taken off first, against overflow.
   */
  @Override
  public void applyInPlace(float[] z, int rows) {
    for (int row = 0; row < rows; row++) {
      int first = row * classes;
      float max = z[first];
      for (int c = 1; c < classes; c++) {
        max = Math.max(max, z[first + c]);
      }
      float sum = 0;
      for (int c = 0; c < classes; c++) {
        float power = (float) Exponential.exp(z[first + c] - max);
        z[first + c] = power + Coarse.SINGLE - Coarse.SINGLE;
        sum += z[first + c];
      }
      for (int c = 0; c < classes; c++) {
        z[first + c] /= sum;
      }
    }
  }

  /**
   * {@code delta = (p - y) / rows}: the gradient of the batch's mean loss by the weighted sums,
   * where {@code y} is the one-hot label, smoothed.
   */
  @Override
  public void gradient(float[] p, Batch batch, float[] delta) {
    int rows = batch.count();
    int[] labels = batch.labels();
    float mean = 1f / rows;
    float everywhere = (float) (labelSmoothing / classes);
    float atLabel = (float) (1 - labelSmoothing);
    for (int i = 0; i < rows * classes; i++) {
      delta[i] = (p[i] - everywhere) * mean;
    }
    for (int row = 0; row < rows; row++) {
      delta[row * classes + labels[row]] -= atLabel * mean;
    }
  }

  /** The negative log-likelihood of the example's label, in nats. */
  @Override
  public double loss(float[] p, Batch batch, int row) {
    return -StrictMath.log(Math.max(p[row * classes + batch.labels()[row]], SMALLEST));
  }

  @Override
  public boolean isCorrect(float[] p, Batch batch, int row) {
    return Likeliest.of(p, row * classes, classes) == batch.labels()[row];
  }
}
