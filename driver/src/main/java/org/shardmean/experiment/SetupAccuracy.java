package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.report.Texts;

/**
 * How accurate a setup's runs are, over all seeds and repeats.
 *
 * @param done runs that did not fail, at least one
 * @param failed how many did
 */
public record SetupAccuracy(Setup setup, List<PointRecord> done, int failed) {
  public SetupAccuracy {
    requireNonNull(setup, "setup");
    done = List.copyOf(done);
    if (done.isEmpty()) {
      throw new IllegalArgumentException("accuracy needs a run, found none of " + setup.id());
    }
  }

  /** Each setup with a finished run, in the grid's order. */
  static List<SetupAccuracy> of(Grid grid, List<PointRecord> points) {
    List<SetupAccuracy> all = new ArrayList<>();
    for (Setup setup : grid.setups()) {
      List<PointRecord> runs =
          points.stream().filter(point -> point.point().setup().equals(setup)).toList();
      List<PointRecord> done = runs.stream().filter(PointRecord::isDone).toList();
      if (!done.isEmpty()) {
        all.add(new SetupAccuracy(setup, done, runs.size() - done.size()));
      }
    }
    return all;
  }

  /** The one with the highest mean after its last epoch. */
  static Optional<SetupAccuracy> best(List<SetupAccuracy> all) {
    return all.stream().max(Comparator.comparingDouble(one -> one.last().mean()));
  }

  /** After the last epoch. */
  Figure last() {
    return figure(PointRecord::finalAccuracy);
  }

  /** After each run's best epoch. */
  Figure best() {
    return figure(PointRecord::bestAccuracy);
  }

  /** Of training, without evaluations, over all epochs. */
  Figure trainSeconds() {
    return figure(PointRecord::totalTrainSeconds);
  }

  /** State that went to the workers and came back in a run, on the mean. */
  double bytes() {
    return figure(PointRecord::totalBytes).mean();
  }

  private Figure figure(ToDoubleFunction<PointRecord> of) {
    return Figure.of(done.stream().mapToDouble(of).toArray());
  }

  /**
   * A mean over runs.
   *
   * @param deviation the sample's standard deviation (divided by n - 1); NaN for a single run
   */
  public record Figure(double mean, double deviation, int runs) {
    static Figure of(double[] values) {
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      double mean = sum / values.length;
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean);
      }
      double deviation = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : Double.NaN;
      return new Figure(mean, deviation, values.length);
    }

    /** How far the runs' accuracies were apart, in words. */
    String spread(Texts t) {
      return runs == 1
          ? t.text("said.oneRun")
          : t.text("said.spreadOfRuns", t.number("%.2f", 100 * deviation), runs);
    }
  }
}
