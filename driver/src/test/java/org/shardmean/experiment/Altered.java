package org.shardmean.experiment;

import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Grids as they would have been otherwise. */
final class Altered {
  private Altered() {}

  static PastGrid each(PastGrid grid, UnaryOperator<PointRecord> change) {
    return with(grid, grid.points().stream().map(change).toList());
  }

  static PastGrid only(PastGrid grid, Predicate<PointRecord> kept) {
    return with(grid, grid.points().stream().filter(kept).toList());
  }

  private static PastGrid with(PastGrid grid, List<PointRecord> points) {
    return new PastGrid(
        grid.experiment(), grid.started(), grid.commit(), grid.master(), grid.accepted(), points);
  }

  static PastGrid slower(PastGrid grid, double factor) {
    return each(grid, run -> slower(run, factor));
  }

  static PointRecord slower(PointRecord run, double factor) {
    return new PointRecord(
        run.point(),
        run.problem(),
        run.cores(),
        run.trainExamples(),
        run.accuracies(),
        run.epochSeconds().stream().map(seconds -> seconds * factor).toList(),
        run.trainSeconds().stream().map(seconds -> seconds * factor).toList(),
        run.time(),
        run.bytesPerRound(),
        run.parametersSha256(),
        run.fingerprint(),
        run.validationExamples());
  }

  /** With other bits, from another commit, less accurate by {@code loss}. */
  static PointRecord otherBits(PointRecord run, String commit, double loss) {
    return new PointRecord(
        run.point(),
        run.problem(),
        run.cores(),
        run.trainExamples(),
        run.accuracies().stream().map(accuracy -> accuracy - loss).toList(),
        run.epochSeconds(),
        run.trainSeconds(),
        run.time(),
        run.bytesPerRound(),
        "bits of " + commit + " for " + run.point(),
        withFact(run, Fingerprint.COMMIT, commit).fingerprint(),
        run.validationExamples());
  }

  /** With other bits, less accurate by {@code loss} on the mean, as images drawn at random vary. */
  static PastGrid otherBits(PastGrid grid, String commit, double loss, SplittableRandom random) {
    return each(
        grid,
        run -> {
          double p = run.finalAccuracy();
          double error = Math.sqrt(2 * p * (1 - p) / run.validationExamples());
          return otherBits(run, commit, loss + error * random.nextGaussian());
        });
  }

  static PointRecord withFact(PointRecord run, String name, String value) {
    SortedMap<String, String> facts = new TreeMap<>(run.fingerprint().facts());
    facts.put(name, value);
    return with(run, new Fingerprint(facts, run.fingerprint().chosen()), run.validationExamples());
  }

  static PointRecord withBytes(PointRecord run, double bytesPerRound) {
    return new PointRecord(
        run.point(),
        run.problem(),
        run.cores(),
        run.trainExamples(),
        run.accuracies(),
        run.epochSeconds(),
        run.trainSeconds(),
        run.time(),
        bytesPerRound,
        run.parametersSha256(),
        run.fingerprint(),
        run.validationExamples());
  }

  static PointRecord validatedOn(PointRecord run, int images) {
    return with(run, run.fingerprint(), images);
  }

  private static PointRecord with(PointRecord run, Fingerprint fingerprint, int images) {
    return new PointRecord(
        run.point(),
        run.problem(),
        run.cores(),
        run.trainExamples(),
        run.accuracies(),
        run.epochSeconds(),
        run.trainSeconds(),
        run.time(),
        run.bytesPerRound(),
        run.parametersSha256(),
        fingerprint,
        images);
  }
}
