package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.shardmean.experiment.statistics.Spread;
import org.shardmean.experiment.statistics.TimeToAccuracy;
import org.shardmean.run.TimeSplit;

/**
 * One place on a scaling curve: the runs of a setup, all seeds and repeats.
 *
 * <p>Speedup is told by throughput (images a second), so that one definition serves strong scaling
 * (Amdahl, 1967: the same images) and weak scaling (Gustafson, "Reevaluating Amdahl's Law", CACM
 * 1988: images grow with the workers).
 *
 * @param setup which one
 * @param across workers, or cores where those vary
 * @param done runs that ended, at least one
 * @param failed how many did not
 * @param base the median images a second of the curve's first level
 * @param baseAcross workers or cores of the curve's first level
 * @param toTarget time to the grid's accuracy
 */
public record Level(
    GridPoint.Setup setup,
    int across,
    List<PointRecord> done,
    int failed,
    double base,
    int baseAcross,
    TimeToAccuracy toTarget) {
  public Level {
    requireNonNull(setup, "setup");
    done = List.copyOf(done);
    requireNonNull(toTarget, "toTarget");
  }

  /** The spread of a figure over the runs. */
  public Spread spread(ToDoubleFunction<PointRecord> figure) {
    return Spread.of(figures(figure));
  }

  /** Over the curve's first level. */
  public Spread speedup() {
    return spread(run -> run.imagesPerSecond() / base);
  }

  /**
   * The share of the added workers, or cores, that became speed; NaN where workers take turns,
   * because more of them than cores cannot make anything faster.
   */
  public Spread efficiency() {
    return spread(run -> isCrowded() ? Double.NaN : run.imagesPerSecond() / base / factor());
  }

  /** How many times the first level's workers, or cores, these are. */
  public double factor() {
    return (double) across / baseAcross;
  }

  /** Of the median speedup; NaN at the first level and where workers take turns. */
  public double serialFraction() {
    return isCrowded() ? Double.NaN : serialFraction(speedup().median(), factor());
  }

  /**
   * The experimentally determined serial fraction (Karp and Flatt, "Measuring Parallel Processor
   * Performance", CACM 33(5), 1990): {@code (1/speedup - 1/p) / (1 - 1/p)}. One that grows with p
   * tells of overhead rather than of serial work. NaN for p = 1, where it is not defined.
   *
   * @param p how many times as many workers as the base has
   */
  static double serialFraction(double speedup, double p) {
    return p > 1 ? (1 / speedup - 1 / p) / (1 - 1 / p) : Double.NaN;
  }

  /**
   * These runs as something to choose.
   *
   * @param name what they have beside their workers, or cores
   */
  Recommendation.Option option(String name, double target) {
    return new Recommendation.Option(
        name,
        across,
        cores(),
        Double.isNaN(target) ? new double[0] : figures(run -> run.runTo(target).seconds()),
        figures(PointRecord::secondsPerImage),
        figures(PointRecord::finalAccuracy));
  }

  private double[] figures(ToDoubleFunction<PointRecord> figure) {
    return done.stream().mapToDouble(figure).toArray();
  }

  /** An epoch's time, on the mean over the runs. */
  public TimeSplit time() {
    TimeSplit sum = done.stream().map(PointRecord::time).reduce(TimeSplit.ZERO, TimeSplit::plus);
    double n = done.size();
    return new TimeSplit(
        sum.compute() / n, sum.waiting() / n, sum.sync() / n, sum.evaluation() / n);
  }

  /** Task slots the runs had. */
  public int cores() {
    return done.get(0).cores();
  }

  /** Whether there are more workers, along the curve, than cores to train them at the same time. */
  public boolean isCrowded() {
    return across > cores();
  }
}
