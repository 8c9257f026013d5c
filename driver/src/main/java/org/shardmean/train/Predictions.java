package org.shardmean.train;

import org.shardmean.metrics.Likeliest;
import org.shardmean.metrics.TrainingScore;

/** Reads class probabilities: rows are examples, columns classes. */
public final class Predictions {
  /** Keeps the loss of an example that was given no probability at all finite. */
  private static final float SMALLEST = 1e-10f;

  private Predictions() {}

  /** The negative log-likelihood of {@code label} in {@code row}, in nats; NaN stays NaN. */
  public static double loss(float[] probabilities, int row, int classes, int label) {
    return -StrictMath.log(Math.max(probabilities[row * classes + label], SMALLEST));
  }

  /** Loss and right answers of a batch whose probabilities are known. */
  public static TrainingScore score(Batch batch, float[] probabilities, int classes) {
    double lossSum = 0;
    long correct = 0;
    for (int row = 0; row < batch.count(); row++) {
      int label = batch.labels()[row];
      lossSum += loss(probabilities, row, classes, label);
      if (Likeliest.of(probabilities, row * classes, classes) == label) {
        correct++;
      }
    }
    return new TrainingScore(batch.count(), lossSum, correct);
  }
}
