package org.shardmean.experiment.statistics;

import java.util.List;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * How long training takes to an accuracy (Coleman et al., "DAWNBench", 2017), over several seeds:
 * the seconds from the start of the first round to the end of the first evaluation that finds the
 * accuracy, all evaluations included. A run that never gets there takes longer than any that does.
 *
 * <p>Time is epochs to the target, which tells statistical efficiency, times seconds an epoch,
 * which tells hardware efficiency.
 *
 * @param runs how many there were, at least one
 * @param reached how many got there
 * @param seconds the median over the runs; infinite where half of them or more never got there
 * @param epochs the median over the runs; infinite in the same cases
 * @param likely where the true median lies with the chance {@code confidence}, by the order of the
 *     runs alone (David and Nagaraja, "Order Statistics", 2003, section 7.1); its end is infinite
 *     where that run never got there
 * @param confidence at least 95% with six runs or more, 75% with three, 0 with one
 */
public record TimeToAccuracy(
    int runs, int reached, double seconds, double epochs, Interval likely, double confidence) {
  private static final double WANTED = 0.95;

  /**
   * One run.
   *
   * @param epochs until the accuracy was first reached; 0 if it never was
   * @param seconds until then, evaluations included; infinite if it never was
   */
  public record Run(int epochs, double seconds) {
    public static final Run NEVER = new Run(0, Double.POSITIVE_INFINITY);

    public boolean arrived() {
      return epochs > 0;
    }

    private double epochsOrMore() {
      return arrived() ? epochs : Double.POSITIVE_INFINITY;
    }
  }

  /** Of at least one run. */
  public static TimeToAccuracy of(List<Run> runs) {
    double[] seconds = runs.stream().mapToDouble(Run::seconds).sorted().toArray();
    int n = seconds.length;
    int outer = 0;
    while (2 * (outer + 1) < n && confidence(n, outer + 1) >= WANTED) {
      outer++;
    }
    return new TimeToAccuracy(
        n,
        (int) runs.stream().filter(Run::arrived).count(),
        Spread.of(seconds).median(),
        Spread.of(runs.stream().mapToDouble(Run::epochsOrMore).toArray()).median(),
        new Interval(seconds[outer], seconds[n - 1 - outer]),
        confidence(n, outer));
  }

  /** The chance that the median lies between the values that {@code outer} others lie beyond. */
  private static double confidence(int n, int outer) {
    return 1 - 2 * new BinomialDistribution(null, n, 0.5).cumulativeProbability(outer);
  }

  public boolean isReached() {
    return Double.isFinite(seconds);
  }

  /** The median seconds over the median epochs; NaN if it is not reached. */
  public double secondsPerEpoch() {
    return seconds / epochs;
  }
}
