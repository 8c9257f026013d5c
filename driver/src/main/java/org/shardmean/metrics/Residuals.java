package org.shardmean.metrics;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.shardmean.data.TableForm;

/**
 * How far a network's answers are from one target, over the validation rows. A residual is the
 * target less the answer; all figures are in the target's own unit.
 *
 * @param target its name
 * @param rows how many were answered
 * @param explained R², the share of the target's variance that the answers explain: 1 for perfect
 *     answers, 0 for none better than the mean; NaN where all targets are equal
 * @param rootMeanSquare RMSE, of the residuals
 * @param meanMagnitude MAE, of the residuals
 * @param shown some targets with their answers, evenly spread over the rows
 */
public record Residuals(
    String target,
    long rows,
    double explained,
    double rootMeanSquare,
    double meanMagnitude,
    List<Pair> shown) {

  public Residuals {
    shown = List.copyOf(shown);
    if (shown.size() > ResidualSums.MOST_KEPT + 1) {
      throw new IllegalArgumentException(
          "at most %d answers are shown, found %d".formatted(ResidualSums.MOST_KEPT, shown.size()));
    }
  }

  /** A target and what the network answered. */
  public record Pair(double target, double answer) {}

  /**
   * For each target, from sums of scaled numbers.
   *
   * @param table says what the targets are called and how they were scaled; without one they are
   *     numbered from 1, and as they are
   */
  public static List<Residuals> of(ResidualSums sums, Optional<TableForm> table) {
    IntFunction<DoubleUnaryOperator> own =
        t -> table.<DoubleUnaryOperator>map(form -> x -> form.target(t, x)).orElse(x -> x);
    return IntStream.range(0, sums.ofTargets().size())
        .mapToObj(
            t ->
                of(
                    table.map(form -> form.targets().get(t)).orElse(String.valueOf(t + 1)),
                    sums.ofTargets().get(t),
                    own.apply(t),
                    sums.kept().stream()
                        .map(
                            kept ->
                                new Pair(
                                    own.apply(t).applyAsDouble(kept.targets()[t]),
                                    own.apply(t).applyAsDouble(kept.answers()[t])))
                        .toList()))
        .toList();
  }

  private static Residuals of(
      String name, ResidualSums.OfTarget sums, DoubleUnaryOperator own, List<Pair> shown) {
    double size = own.applyAsDouble(1) - own.applyAsDouble(0);
    return new Residuals(
        name,
        sums.count(),
        sums.explained(),
        size * Math.sqrt(sums.squaredErrors() / sums.count()),
        size * sums.absoluteErrors() / sums.count(),
        shown);
  }
}
