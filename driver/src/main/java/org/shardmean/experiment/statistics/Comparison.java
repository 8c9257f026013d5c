package org.shardmean.experiment.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.TDistribution;
import org.shardmean.data.Seeds;

/**
 * Whether values rose, over several setups measured before and now.
 *
 * <p>Over all setups together: a permutation test stratified by setup (Good, "Permutation Tests",
 * 2000, chapter 6), whose statistic is the mean over the setups of the difference of means. Three
 * repeats of a setup can never be significant by ranks alone; four setups of three repeats can.
 *
 * <p>For each setup alone: a one-sided t-test with the variance pooled over all setups, because
 * three repeats tell little of their own, or the setup's own where that is larger, because setups
 * scatter unequally; the p-values corrected by {@link Holm}.
 *
 * @param rise the mean over the setups of the mean now less the mean before
 * @param p chance of such a rise, or a larger one, where nothing changed
 * @param setups each setup alone
 */
public record Comparison(double rise, double p, List<OfSetup> setups) {
  private static final int PERMUTATIONS = 4999;

  /**
   * One setup.
   *
   * @param rise of its mean
   * @param medianRise of its median
   * @param p chance of the mean's rise, corrected for the number of setups
   */
  public record OfSetup(String setup, double rise, double medianRise, double p) {}

  public Comparison {
    setups = List.copyOf(setups);
  }

  /**
   * Compares.
   *
   * @param samples at least one setup
   * @param seed of the permutations
   */
  public static Comparison of(List<PairedSamples> samples, long seed) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("a comparison needs at least one setup, found none");
    }
    double rise = samples.stream().mapToDouble(PairedSamples::difference).average().orElseThrow();
    return new Comparison(rise, permuted(samples, rise, seed), alone(samples));
  }

  /** The share of permutations, the one observed among them, with at least this rise. */
  private static double permuted(List<PairedSamples> samples, double rise, long seed) {
    SplittableRandom random = Seeds.generator(seed, Seeds.Purpose.EXPERIMENT, 3);
    int asLarge = 1;
    for (int draw = 0; draw < PERMUTATIONS; draw++) {
      double sum = 0;
      for (PairedSamples one : samples) {
        sum += relabelled(one, random).difference();
      }
      if (sum / samples.size() >= rise - 1e-12) {
        asLarge++;
      }
    }
    return asLarge / (PERMUTATIONS + 1.0);
  }

  private static PairedSamples relabelled(PairedSamples samples, SplittableRandom random) {
    int before = samples.before().length;
    int all = before + samples.now().length;
    int[] order = Seeds.permutation(all, random);
    double[] first = new double[before];
    double[] second = new double[all - before];
    for (int i = 0; i < all; i++) {
      double value =
          order[i] < before ? samples.before()[order[i]] : samples.now()[order[i] - before];
      if (i < before) {
        first[i] = value;
      } else {
        second[i - before] = value;
      }
    }
    return new PairedSamples(samples.setup(), first, second);
  }

  private static List<OfSetup> alone(List<PairedSamples> samples) {
    int freedom = samples.stream().mapToInt(PairedSamples::freedom).sum();
    double variance = samples.stream().mapToDouble(PairedSamples::squares).sum() / freedom;
    double[] p = new double[samples.size()];
    for (int i = 0; i < p.length; i++) {
      p[i] = freedom > 0 ? oneSided(samples.get(i), variance, freedom) : 1;
    }
    double[] adjusted = Holm.adjusted(p);
    List<OfSetup> alone = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      PairedSamples one = samples.get(i);
      alone.add(new OfSetup(one.setup(), one.difference(), one.medianDifference(), adjusted[i]));
    }
    return alone;
  }

  private static double oneSided(PairedSamples one, double variance, int freedom) {
    double own = one.freedom() > 0 ? one.squares() / one.freedom() : 0;
    double error =
        Math.sqrt(Math.max(variance, own) * (1.0 / one.before().length + 1.0 / one.now().length));
    double difference = one.difference();
    if (error == 0) {
      return difference > 0 ? 0 : 1;
    }
    return 1 - new TDistribution(freedom).cumulativeProbability(difference / error);
  }
}
