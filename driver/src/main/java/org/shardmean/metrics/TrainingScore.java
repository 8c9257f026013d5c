package org.shardmean.metrics;

import java.io.Serializable;

/**
 * Scores taken during training: each example is scored just before the step that trains on it, as
 * in Keras.
 *
 * @param examples examples trained on
 * @param lossSum their losses, summed; a classifier's are negative log-likelihoods, in nats
 * @param correct how many of them were classified correctly; 0 where there are no classes
 */
public record TrainingScore(long examples, double lossSum, long correct) implements Serializable {
  public static final TrainingScore EMPTY = new TrainingScore(0, 0, 0);

  public TrainingScore {
    if (examples < 0 || correct < 0 || correct > examples) {
      throw new IllegalArgumentException(
          "correct must be 0 to examples, found " + correct + " of " + examples);
    }
  }

  public double loss() {
    return lossSum / examples;
  }

  public double accuracy() {
    return (double) correct / examples;
  }

  /** Both together. Sums of losses depend on the order of merging: merge in a fixed one. */
  public TrainingScore plus(TrainingScore other) {
    return new TrainingScore(
        examples + other.examples, lossSum + other.lossSum, correct + other.correct);
  }
}
