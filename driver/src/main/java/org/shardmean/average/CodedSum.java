package org.shardmean.average;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Arrays;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.wire.CodedState;
import org.shardmean.wire.Part;

/**
 * A {@link RoundSum} in the form in which it crosses to the driver; {@link RoundWire} makes and
 * adds them.
 *
 * @param of which workers, a subtree of {@link SumTree}
 * @param mean as {@link RoundSum#mean}
 * @param score as {@link RoundSum#score}
 * @param spreads as {@link RoundSum#spreads}
 * @param seconds as {@link RoundSum#seconds}
 */
public record CodedSum(
    Block of, CodedState mean, TrainingScore score, double[] spreads, double seconds)
    implements Serializable {
  public CodedSum {
    requireNonNull(of, "of");
    requireNonNull(mean, "mean");
    requireNonNull(score, "score");
    requireNonNull(spreads, "spreads");
  }

  /**
   * Of a whole state, what it has of some of the parameters. The numbers of the part are copies.
   */
  public CodedSum part(Part part) {
    return new CodedSum(
        of,
        mean.part(part),
        score,
        Arrays.copyOfRange(
            spreads, part.from() / Part.GRAIN, part.from() / Part.GRAIN + Part.grains(part.size())),
        seconds);
  }
}
