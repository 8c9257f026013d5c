package org.shardmean.metrics;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * A network's result on a set of examples.
 *
 * @param examples how many there are
 * @param lossSum the loss summed over the examples; a classifier's is the negative log-likelihood,
 *     in nats
 * @param confusion every example, counted once; of no classes where the network is no classifier
 */
public record Score(long examples, double lossSum, ConfusionMatrix confusion)
    implements Serializable {
  public Score {
    requireNonNull(confusion, "confusion");
    if (examples < 0 || (confusion.classes() > 0 && confusion.total() != examples)) {
      throw new IllegalArgumentException(
          "a confusion matrix counts every example, found %d of %d"
              .formatted(confusion.total(), examples));
    }
  }

  /** A classifier's. */
  public Score(double lossSum, ConfusionMatrix confusion) {
    this(confusion.total(), lossSum, confusion);
  }

  /**
   * No example seen yet.
   *
   * @param classes 0 where the network is no classifier
   */
  public static Score empty(int classes) {
    return new Score(0, ConfusionMatrix.empty(classes));
  }

  /** The mean loss an example; NaN when there is none. */
  public double loss() {
    return lossSum / examples;
  }

  /** Whether examples were classified, so that there is an accuracy. */
  public boolean isOfClasses() {
    return confusion.classes() > 0;
  }

  /** The share of correctly classified examples, 0 to 1; NaN when none was classified. */
  public double accuracy() {
    return confusion.accuracy();
  }

  /** The higher, the better: the accuracy, or where there are no classes the loss below zero. */
  public double merit() {
    return isOfClasses() ? accuracy() : -loss();
  }

  /** Both sets together. Sums of losses depend on the order of merging: merge in a fixed one. */
  public Score plus(Score other) {
    return new Score(
        examples + other.examples, lossSum + other.lossSum, confusion.plus(other.confusion));
  }
}
