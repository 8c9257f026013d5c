package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.shardmean.experiment.statistics.ParallelEfficiency;
import org.shardmean.experiment.statistics.Spread;
import org.shardmean.experiment.statistics.TimeToAccuracy;
import org.shardmean.run.TimeSplit;

/**
 * One place on a scaling curve: the runs of a setup, all seeds and repeats.
 *
 * @param setup which one
 * @param across workers, or cores where those vary
 * @param done runs that came to their end, at least one
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
    return Spread.of(done.stream().mapToDouble(figure).toArray());
  }

  /** Over the curve's first level. */
  public Spread speedup() {
    return spread(run -> ParallelEfficiency.speedup(base, run.imagesPerSecond()));
  }

  public Spread efficiency() {
    return spread(
        run ->
            ParallelEfficiency.efficiency(
                ParallelEfficiency.speedup(base, run.imagesPerSecond()), factor()));
  }

  /** How many times the first level's workers, or cores, these are. */
  public double factor() {
    return (double) across / baseAcross;
  }

  /** Karp and Flatt's, of the median speedup; NaN at the first level. */
  public double serialFraction() {
    return ParallelEfficiency.serialFraction(speedup().median(), factor());
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

  /** Whether every worker had a core of its own. */
  public boolean isUncrowded() {
    return setup.workers() <= cores();
  }
}
