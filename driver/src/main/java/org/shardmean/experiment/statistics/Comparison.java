package org.shardmean.experiment.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;
import org.shardmean.metrics.Holm;

/**
 * Whether values rose, over several setups measured before and now.
 *
 * @param overall the mean over the setups of their rises
 * @param setups each setup alone
 */
public record Comparison(Estimate overall, List<OfSetup> setups) {
  private static final int KNOWN_BEFOREHAND = 4;

  /**
   * One setup.
   *
   * @param rise of its mean
   * @param medianRise of its median
   * @param p chance of the mean's rise where nothing changed, corrected for the number of setups by
   *     {@link Holm}
   */
  public record OfSetup(String setup, Estimate rise, double medianRise, double p) {}

  public Comparison {
    setups = List.copyOf(setups);
  }

  /**
   * Compares repeated measurements by Student's t-test. The variance is pooled over all setups,
   * because three repeats tell little of their own; a setup that scatters more has its own.
   *
   * @param samples at least one setup
   */
  public static Comparison ofRepeats(List<Samples> samples) {
    Scatter pooled =
        Scatter.within(
            samples.stream().flatMap(one -> Stream.of(one.before(), one.now())).toList());
    return of(
        samples,
        one -> {
          Scatter own = Scatter.within(List.of(one.before(), one.now()));
          return new Scatter(Math.max(pooled.variance(), own.variance()), pooled.freedom())
              .difference(one.before(), one.now());
        });
  }

  /**
   * Compares how many of the same images are misclassified by pairs of networks that differ in what
   * should not matter, such as the last bits or the seed.
   *
   * <p>A share p of n images varies by {@code f p (1 - p) / n}: binomially, with a factor f of
   * overdispersion (McCullagh and Nelder, "Generalized Linear Models", 1989, section 4.5). It is
   * estimated from the networks of several seeds before, and is at least 1. That networks vary
   * about as images drawn at random do is known beforehand, and counts as much as four degrees of
   * freedom would (a moderated variance: Smyth, "Linear Models and Empirical Bayes Methods",
   * Statistical Applications in Genetics and Molecular Biology, 2004). So a loss is told from
   * chance also where two or three seeds were run, or one.
   *
   * @param samples error rates from 0 to 1, for each setup equally many before and now, in pairs of
   *     equal seed; at least one setup
   * @param images that each rate is a share of
   */
  public static Comparison ofErrorRates(List<Samples> samples, int images) {
    double squares = 0;
    int freedom = 0;
    for (Samples one : samples) {
      int own = one.before().length - 1;
      squares += own * StatUtils.variance(one.before()) / binomial(one, images);
      freedom += own;
    }
    int moderated = freedom + KNOWN_BEFOREHAND;
    double factor = Math.max(1, (squares + KNOWN_BEFOREHAND) / moderated);
    return of(
        samples,
        one ->
            new Scatter(factor * binomial(one, images), moderated)
                .difference(one.before(), one.now()));
  }

  /** Of a rate before; a pseudo-count keeps it above 0 where no image is misclassified. */
  private static double binomial(Samples samples, int images) {
    double rate = (StatUtils.mean(samples.before()) * images + 1) / (images + 2);
    return rate * (1 - rate) / images;
  }

  private static Comparison of(List<Samples> samples, Function<Samples, Estimate> rise) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("a comparison needs at least one setup, found none");
    }
    List<Estimate> rises = samples.stream().map(rise).toList();
    double[] p = Holm.adjusted(rises.stream().mapToDouble(Estimate::p).toArray());
    List<OfSetup> setups = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      Samples one = samples.get(i);
      setups.add(new OfSetup(one.setup(), rises.get(i), one.medianDifference(), p[i]));
    }
    double squares = rises.stream().mapToDouble(one -> one.error() * one.error()).sum();
    return new Comparison(
        new Estimate(
            rises.stream().mapToDouble(Estimate::value).average().orElseThrow(),
            Math.sqrt(squares) / rises.size(),
            rises.get(0).freedom()),
        setups);
  }
}
