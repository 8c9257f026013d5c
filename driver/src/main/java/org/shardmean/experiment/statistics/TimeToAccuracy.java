package org.shardmean.experiment.statistics;

import java.util.Comparator;
import java.util.List;

/**
 * How long training takes to an accuracy (Coleman et al., "DAWNBench", 2017), over several seeds as
 * MLPerf Training has it (Mattson et al., 2020): the fastest and the slowest run are dropped, the
 * rest averaged. A run that did not get there counts as the slowest; with more than one of them
 * left there is no time.
 *
 * <p>Time is epochs to the target, which tells statistical efficiency, times seconds an epoch,
 * which tells hardware efficiency.
 *
 * @param runs how many there were
 * @param reached how many got there
 * @param seconds the mean of what is left; infinite when a run left did not get there
 * @param epochs of the same runs, on the mean
 * @param fastest seconds of the fastest run that got there; NaN when none did
 * @param slowest seconds of the slowest run that got there; NaN when none did
 */
public record TimeToAccuracy(
    int runs, int reached, double seconds, double epochs, double fastest, double slowest) {
  private static final int WORTH_DROPPING = 3;

  /**
   * One run.
   *
   * @param epochs until the accuracy was first reached, evaluation included; 0 if it never was
   * @param seconds until then
   */
  public record Run(int epochs, double seconds) {
    public static final Run NEVER = new Run(0, Double.POSITIVE_INFINITY);

    boolean arrived() {
      return epochs > 0;
    }
  }

  /** With fewer than three runs none is dropped. */
  public static TimeToAccuracy of(List<Run> runs) {
    List<Run> sorted = runs.stream().sorted(Comparator.comparingDouble(Run::seconds)).toList();
    int reached = (int) sorted.stream().filter(Run::arrived).count();
    List<Run> kept = sorted.size() < WORTH_DROPPING ? sorted : sorted.subList(1, sorted.size() - 1);
    boolean all = !kept.isEmpty() && kept.stream().allMatch(Run::arrived);
    return new TimeToAccuracy(
        runs.size(),
        reached,
        all ? kept.stream().mapToDouble(Run::seconds).average().orElseThrow() : infinity(),
        all ? kept.stream().mapToInt(Run::epochs).average().orElseThrow() : infinity(),
        reached > 0 ? sorted.get(0).seconds() : Double.NaN,
        reached > 0 ? sorted.get(reached - 1).seconds() : Double.NaN);
  }

  public boolean isReached() {
    return Double.isFinite(seconds);
  }

  public double secondsPerEpoch() {
    return seconds / epochs;
  }

  private static double infinity() {
    return Double.POSITIVE_INFINITY;
  }
}
