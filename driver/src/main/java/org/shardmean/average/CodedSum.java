package org.shardmean.average;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.wire.CodedState;

/**
 * A {@link RoundSum} in the form in which it crosses to the driver; {@link RoundWire} makes and
 * adds them.
 *
 * @param of which workers, a subtree of {@link SumTree}
 * @param mean as {@link RoundSum#mean}
 * @param score as {@link RoundSum#score}
 * @param spread as {@link RoundSum#spread}
 * @param seconds as {@link RoundSum#seconds}
 */
public record CodedSum(
    Block of, CodedState mean, TrainingScore score, double spread, double seconds)
    implements Serializable {
  public CodedSum {
    requireNonNull(of, "of");
    requireNonNull(mean, "mean");
    requireNonNull(score, "score");
  }
}
