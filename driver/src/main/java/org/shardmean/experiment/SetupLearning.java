package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.run.FitDiagnosis;

/**
 * How a setup learned, over all seeds and repeats.
 *
 * @param setup which one
 * @param done its runs that ended well
 * @param diverged its runs that diverged
 * @param failed how many runs failed
 */
public record SetupLearning(
    Setup setup, List<PointRecord> done, List<PointRecord> diverged, int failed) {
  public SetupLearning {
    requireNonNull(setup, "setup");
    done = List.copyOf(done);
    diverged = List.copyOf(diverged);
  }

  /** Each setup of a grid, in its order. */
  static List<SetupLearning> of(Grid grid, List<PointRecord> points) {
    List<SetupLearning> all = new ArrayList<>();
    for (Setup setup : grid.setups()) {
      List<PointRecord> own =
          points.stream().filter(point -> point.point().setup().equals(setup)).toList();
      List<PointRecord> done = own.stream().filter(PointRecord::isDone).toList();
      List<PointRecord> diverged = own.stream().filter(PointRecord::isDiverged).toList();
      all.add(new SetupLearning(setup, done, diverged, own.size() - done.size() - diverged.size()));
    }
    return all;
  }

  /** The settings in which setups differ, in the order of their names, with this one's values. */
  static Map<String, List<String>> differences(List<SetupLearning> all) {
    Map<String, List<String>> differences = new LinkedHashMap<>();
    if (!all.isEmpty()) {
      for (String name : all.get(0).setup().settings().keySet()) {
        List<String> values =
            all.stream().map(one -> one.setup().settings().getOrDefault(name, "–")).toList();
        if (values.stream().distinct().count() > 1) {
          differences.put(name, values);
        }
      }
    }
    return differences;
  }

  /** All its runs. */
  int runs() {
    return done.size() + diverged.size() + failed;
  }

  /** Whether more is known than its last accuracy. */
  boolean hasCurve() {
    return runsWithCurve().findAny().isPresent();
  }

  /** A mean over the runs that ended well; NaN where there are none. */
  SetupAccuracy.Figure figure(ToDoubleFunction<PointRecord> of) {
    return SetupAccuracy.Figure.of(done.stream().mapToDouble(of).toArray());
  }

  /** After each epoch, the mean over the runs that got so far. */
  List<Double> mean(Function<PointRecord, List<Double>> figure) {
    List<List<Double>> curves = runsWithCurve().map(figure).toList();
    int epochs = curves.stream().mapToInt(List::size).max().orElse(0);
    List<Double> means = new ArrayList<>();
    for (int e = 0; e < epochs; e++) {
      int epoch = e;
      means.add(
          curves.stream()
              .filter(curve -> curve.size() > epoch)
              .mapToDouble(curve -> curve.get(epoch))
              .average()
              .orElseThrow());
    }
    return means;
  }

  /** The epoch with the lowest validation loss, on the mean over the runs; none where unknown. */
  Optional<Integer> lowestLoss() {
    List<Double> losses = mean(run -> run.learning().validationLosses());
    return losses.stream()
        .filter(Double::isFinite)
        .min(Comparator.naturalOrder())
        .map(lowest -> losses.indexOf(lowest) + 1);
  }

  /** How many of its runs that ended well show this. */
  long count(FitDiagnosis.Kind kind) {
    return done.stream()
        .filter(run -> run.learning().isKnown() && run.learning().fit().kind() == kind)
        .count();
  }

  private Stream<PointRecord> runsWithCurve() {
    return Stream.concat(done.stream(), diverged.stream()).filter(run -> run.learning().isKnown());
  }
}
