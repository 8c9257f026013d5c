package org.shardmean.metrics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is needed of a network's answers to tell how far they are from their targets. Sums of parts
 * add up to the sums of the whole; the answers that are kept do not depend on how it was divided.
 *
 * @param ofTargets one for each target; of none where nothing was answered
 * @param kept answers to be shown, evenly spread over all
 */
public record ResidualSums(List<OfTarget> ofTargets, List<Kept> kept) implements Serializable {
  /** No answer yet. */
  public static final ResidualSums NONE = new ResidualSums(List.of(), List.of());

  /** Answers that are kept, at most. */
  public static final int MOST_KEPT = 1_000;

  public ResidualSums {
    ofTargets = List.copyOf(ofTargets);
    kept = List.copyOf(kept);
  }

  /**
   * Of one target.
   *
   * @param targets their sum
   * @param squares the sum of their squares
   * @param squaredErrors the sum of the squared residuals
   * @param absoluteErrors the sum of the residuals' magnitudes
   */
  public record OfTarget(
      long count, double targets, double squares, double squaredErrors, double absoluteErrors)
      implements Serializable {
    private static final OfTarget ZERO = new OfTarget(0, 0, 0, 0, 0);

    private OfTarget with(double target, double answer) {
      double residual = target - answer;
      return new OfTarget(
          count + 1,
          targets + target,
          squares + target * target,
          squaredErrors + residual * residual,
          absoluteErrors + Math.abs(residual));
    }

    private OfTarget plus(OfTarget other) {
      return new OfTarget(
          count + other.count,
          targets + other.targets,
          squares + other.squares,
          squaredErrors + other.squaredErrors,
          absoluteErrors + other.absoluteErrors);
    }

    /** The share of the targets' variance that the answers explain; NaN where there is none. */
    double explained() {
      double variance = squares - targets * targets / count;
      return variance > 0 ? 1 - squaredErrors / variance : Double.NaN;
    }
  }

  /** An example's targets and the network's answers; held, not copied. */
  public record Kept(float[] targets, float[] answers) implements Serializable {}

  /**
   * These answers and one more.
   *
   * @param example its number among all
   * @param count of all examples
   * @param targets of the example
   * @param answers one for each target
   */
  public ResidualSums with(int example, int count, float[] targets, float[] answers) {
    List<OfTarget> more =
        IntStream.range(0, targets.length)
            .mapToObj(
                t ->
                    (ofTargets.isEmpty() ? OfTarget.ZERO : ofTargets.get(t))
                        .with(targets[t], answers[t]))
            .toList();
    return new ResidualSums(
        more,
        isKept(example, count)
            ? joined(kept, List.of(new Kept(targets.clone(), answers.clone())))
            : kept);
  }

  private static boolean isKept(int example, int count) {
    return count <= MOST_KEPT
        || (long) example * MOST_KEPT / count != (example - 1L) * MOST_KEPT / count
        || example == 0;
  }

  /** Both sets together; sums depend on the order of merging: merge in a fixed one. */
  public ResidualSums plus(ResidualSums next) {
    if (ofTargets.isEmpty() || next.ofTargets.isEmpty()) {
      return ofTargets.isEmpty() ? next : this;
    }
    return new ResidualSums(
        IntStream.range(0, ofTargets.size())
            .mapToObj(t -> ofTargets.get(t).plus(next.ofTargets.get(t)))
            .toList(),
        joined(kept, next.kept));
  }

  private static <T> List<T> joined(List<T> first, List<T> next) {
    List<T> joined = new ArrayList<>(first);
    joined.addAll(next);
    return joined;
  }
}
