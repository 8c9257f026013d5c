package org.shardmean.experiment;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.shardmean.experiment.statistics.Interval;
import org.shardmean.experiment.statistics.ScalabilityFit;
import org.shardmean.run.Sentence;

/** What a grid advises, in a sentence. */
public final class Recommendation {
  /** Of two levels the one with fewer workers is kept unless the other is faster by this much. */
  private static final double WORTH_IT = 1.05;

  private Recommendation() {}

  /** From the curve with the fastest level. */
  public static String of(Grid grid, List<Curve> curves) {
    if (curves.isEmpty()) {
      return "No run came to its end, so there is nothing to recommend.";
    }
    Curve curve =
        curves.stream().min(Comparator.comparingDouble(one -> cost(best(one)))).orElseThrow();
    Level best = best(curve);
    String what = grid.variesCores() ? "core" : "worker";
    String advice =
        best.across() == curve.first().across()
            ? Sentence.of("%s (%s): more did not pay", counted(best.across(), what), curve.name())
            : Sentence.of(
                "%s: %.1fx the images a second of %s (%s)",
                counted(best.across(), what),
                best.speedup().median(),
                counted(curve.first().across(), what),
                curve.name());
    return advice + target(best) + beyond(curve, what) + ".";
  }

  /** The level to use: the quickest to the target, or to an epoch's end where none got there. */
  static Level best(Curve curve) {
    Level best = curve.first();
    for (Level level : curve.levels()) {
      best = cost(best) > cost(level) * WORTH_IT ? level : best;
    }
    return best;
  }

  /** Seconds to the target; those that never get there come after all that do, by their pace. */
  private static double cost(Level level) {
    double perImage = 1 / level.spread(PointRecord::imagesPerSecond).median();
    return level.toTarget().isReached() ? level.toTarget().seconds() : 1e12 * (1 + perImage);
  }

  private static String target(Level best) {
    return best.toTarget().isReached()
        ? Sentence.of(", the target accuracy after %.2f s", best.toTarget().seconds())
        : ", though too few of its runs reached the target accuracy";
  }

  private static String beyond(Curve curve, String what) {
    if (curve.fit().isEmpty()) {
      return "; too few levels were measured to say what more would gain";
    }
    ScalabilityFit fit = curve.fit().get();
    OptionalDouble peak = fit.law().peak();
    if (peak.isPresent()) {
      Interval where = fit.peak();
      return Sentence.of(
          "; beyond %.0f you pay more for less (95%% confidence: %s)",
          Math.max(1, Math.floor(peak.getAsDouble())),
          where.high() >= Double.MAX_VALUE / 2
              ? Sentence.of("%.0f or more", where.low())
              : Sentence.of("%.0f to %.0f", where.low(), where.high()));
    }
    if (fit.law().sigma() >= 1) {
      return Sentence.of("; by the fitted law every %s beyond the first makes it slower", what);
    }
    if (fit.law().sigma() > 0) {
      return Sentence.of(
          "; by the fitted law no number of %ss exceeds %.1fx, and %d levels cannot tell where more becomes slower",
          what, fit.law().highestSpeedup(), fit.levels());
    }
    return "; up to what was measured it scales without loss, and no limit can be told from it";
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
