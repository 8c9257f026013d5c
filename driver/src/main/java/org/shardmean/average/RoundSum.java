package org.shardmean.average;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.IntFunction;
import org.shardmean.metrics.TrainingScore;
import org.shardmean.train.LocalResult;
import org.shardmean.train.TrainingState;
import org.shardmean.wire.Part;

/**
 * What consecutive workers did in a round, together. Sums are added up along {@link SumTree}; the
 * one over all workers has their mean, which is parameter averaging (McMahan et al.,
 * "Communication-Efficient Learning of Deep Networks from Decentralized Data", 2017, algorithm 1).
 *
 * <p>A mean and its spread are updated pair by pair (Chan, Golub and LeVeque, "Updating Formulae
 * and a Pairwise Algorithm for Computing Sample Variances", 1979, equations 1.5): one worker
 * averages to itself, workers that agree average to what they agree on, bit for bit, and rounding
 * grows with the depth of the tree, not with the number of workers. A worker without examples
 * changes no bit.
 *
 * @param mean the workers' parameters and moments, each averaged and weighted by examples; its
 *     steps are the most that any worker did
 * @param score what the workers saw while training; its examples are the weight of the mean
 * @param spreads by grain ({@link Part#GRAIN}), the sum over the workers of examples times the
 *     squared distance of the worker's parameters from the mean
 * @param workers how many, those without examples included
 * @param seconds spent in local steps, of all workers together
 */
public record RoundSum(
    TrainingState mean, TrainingScore score, double[] spreads, int workers, double seconds) {
  public RoundSum {
    requireNonNull(mean, "mean");
    requireNonNull(score, "score");
    requireNonNull(spreads, "spreads");
  }

  /** Of all parameters together. */
  public double spread() {
    double sum = 0;
    for (double ofGrain : spreads) {
      sum += ofGrain;
    }
    return sum;
  }

  /** One worker's round. The state's arrays are held, not copied. */
  public static RoundSum of(LocalResult result) {
    double[] spreads = new double[Part.grains(result.state().parameters().length)];
    return new RoundSum(result.state(), result.score(), spreads, 1, result.seconds());
  }

  /**
   * The sum over all parameters.
   *
   * @param parts which ones, in order; together all
   * @param sums over the same workers, each of one part, by the part's number; each is asked for
   *     once, in order, and let go before the next
   * @return with arrays of its own
   */
  public static RoundSum join(List<Part> parts, IntFunction<RoundSum> sums) {
    RoundSum first = sums.apply(0);
    Part part = parts.get(0);
    float[] parameters = new float[part.of()];
    float[] moments = part.arrayForMoments(first.mean.moments());
    double[] spreads = new double[Part.grains(part.of())];
    first.copyTo(part, parameters, moments, spreads);
    TrainingState mean = new TrainingState(parameters, moments, first.mean.steps());
    RoundSum all = new RoundSum(mean, first.score, spreads, first.workers, first.seconds);
    for (int number = 1; number < parts.size(); number++) {
      sums.apply(number).copyTo(parts.get(number), parameters, moments, spreads);
    }
    return all;
  }

  private void copyTo(Part part, float[] parameters, float[] moments, double[] ofGrains) {
    part.copy(mean.parameters(), parameters);
    part.copy(mean.moments(), moments);
    System.arraycopy(spreads, 0, ofGrains, part.from() / Part.GRAIN, spreads.length);
  }

  /**
   * The sum of this and of the workers that follow. The arrays of both are used up: one of them
   * holds the new mean.
   *
   * @throws IllegalArgumentException if both have examples and their states differ in size; the
   *     state of a sum without examples is dropped, and its size is not checked
   */
  public RoundSum addInPlace(RoundSum next) {
    long examples = score.examples() + next.score.examples();
    double share = examples == 0 ? 0 : (double) next.score.examples() / examples;
    TrainingState sum = share == 1 ? next.mean : mean;
    double[] together = (share == 1 ? next.spreads : spreads).clone();
    if (share > 0 && share < 1) {
      for (int grain = 0; grain < together.length; grain++) {
        double squaredDistance =
            Vectors.squaredDistance(
                mean.parameters(), next.mean.parameters(), grain * Part.GRAIN, Part.GRAIN);
        together[grain] =
            together[grain] + next.spreads[grain] + score.examples() * share * squaredDistance;
      }
      Vectors.moveInPlace(mean.parameters(), next.mean.parameters(), (float) share);
      Vectors.moveInPlace(mean.moments(), next.mean.moments(), (float) share);
    }
    return new RoundSum(
        new TrainingState(
            sum.parameters(), sum.moments(), Math.max(mean.steps(), next.mean.steps())),
        score.plus(next.score),
        together,
        workers + next.workers,
        seconds + next.seconds);
  }
}
