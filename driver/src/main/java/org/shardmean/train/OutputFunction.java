package org.shardmean.train;

import org.shardmean.metrics.TrainingScore;
import org.shardmean.model.ModelSpec;

/**
 * What the output layer applies to its weighted sums, and the loss. Matrices are flat: rows are
 * examples, columns outputs. The loops run by one index over whole arrays where they can.
 */
sealed interface OutputFunction permits SoftmaxOutput, IdentityOutput, SigmoidOutput {

  /**
   * The network's.
   *
   * @throws IllegalArgumentException if labels are to be smoothed that there are not
   */
  static OutputFunction of(ModelSpec spec, double labelSmoothing) {
    if (labelSmoothing > 0 && !spec.isClassifier()) {
      throw new IllegalArgumentException(
          "label smoothing is for classes, expected 0 for an output of %s, found %s"
              .formatted(spec.output(), labelSmoothing));
    }
    return switch (spec.output()) {
      case SOFTMAX -> new SoftmaxOutput(spec.outputs(), labelSmoothing);
      case IDENTITY -> new IdentityOutput(spec.outputs());
      case SIGMOID -> new SigmoidOutput(spec.outputs(), false);
      case SIGMOID_SQUARED -> new SigmoidOutput(spec.outputs(), true);
    };
  }

  /** Turns the weighted sums of the first {@code rows} examples into outputs. */
  void applyInPlace(float[] z, int rows);

  /**
   * The gradient of the batch's mean loss by the weighted sums.
   *
   * @param outputs of the batch
   * @param delta receives as many floats
   */
  void gradient(float[] outputs, Batch batch, float[] delta);

  /**
   * The loss that is reported of the batch's example {@code row}, without smoothing; NaN stays NaN.
   */
  double loss(float[] outputs, Batch batch, int row);

  /** Whether example {@code row} is classified correctly; false where there are no classes. */
  default boolean isCorrect(float[] outputs, Batch batch, int row) {
    return false;
  }

  /** Loss and correct answers of a batch whose outputs are known. */
  default TrainingScore score(float[] outputs, Batch batch) {
    double lossSum = 0;
    long correct = 0;
    for (int row = 0; row < batch.count(); row++) {
      lossSum += loss(outputs, batch, row);
      if (isCorrect(outputs, batch, row)) {
        correct++;
      }
    }
    return new TrainingScore(batch.count(), lossSum, correct);
  }

  /** {@code sum (a - y)^2 / n} over the {@code n} outputs of example {@code row}. */
  static double squaredError(float[] outputs, float[] targets, int row, int n) {
    double sum = 0;
    for (int i = row * n; i < (row + 1) * n; i++) {
      double difference = (double) outputs[i] - targets[i];
      sum += difference * difference;
    }
    return sum / n;
  }
}
