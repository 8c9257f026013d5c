package org.shardmean.metrics;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * A network's result on a set of examples.
 *
 * @param lossSum the negative log-likelihood summed over the examples, in nats
 * @param confusion every example, counted once
 */
public record Score(double lossSum, ConfusionMatrix confusion) implements Serializable {
  public Score {
    requireNonNull(confusion, "confusion");
  }

  public static Score empty(int classes) {
    return new Score(0, ConfusionMatrix.empty(classes));
  }

  public long examples() {
    return confusion.total();
  }

  /** The mean negative log-likelihood an example, in nats; NaN when there is none. */
  public double loss() {
    return lossSum / examples();
  }

  /** The share of correctly classified examples, 0 to 1; NaN when there is none. */
  public double accuracy() {
    return confusion.accuracy();
  }

  /** Both sets together. Sums of losses depend on the order of merging: merge in a fixed one. */
  public Score plus(Score other) {
    return new Score(lossSum + other.lossSum, confusion.plus(other.confusion));
  }
}
