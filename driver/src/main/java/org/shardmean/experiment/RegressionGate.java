package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.experiment.statistics.Comparison;
import org.shardmean.experiment.statistics.PairedSamples;
import org.shardmean.experiment.statistics.Spread;
import org.shardmean.run.Sentence;

/**
 * Whether a grid got worse than its baseline: slower, or less accurate after as many epochs.
 *
 * <p>A run's time is that of its fastest epoch; see {@link PointRecord#fastestEpochSeconds}.
 *
 * <p>It alarms when a change is both larger than its least effect and improbable by chance: over
 * all setups, or in one of them.
 *
 * @param level the chance of a false alarm that each test may take
 * @param slowdown of all setups together, as a factor, that is worth an alarm
 * @param slowdownOfOne of a single setup
 * @param accuracyLoss of all setups together
 */
public record RegressionGate(
    double level, double slowdown, double slowdownOfOne, double accuracyLoss) {
  /** Measured in docs/scaling.md. */
  public static final RegressionGate DEFAULT = new RegressionGate(0.002, 1.15, 1.25, 0.005);

  private static final int GRIDS_TO_TELL_DRIFT = 5;
  private static final double SPREADS = 3;

  /** The standard deviation of a normal distribution over its median absolute deviation. */
  private static final double OF_A_NORMAL = 1.4826;

  /** Fewer repeats of a setup than this tell nothing of its noise. */
  private static final int LEAST_REPEATS = 2;

  /**
   * What a comparison came to.
   *
   * @param worse whether it got worse
   * @param sentence that says so, or that it did not, with the figures
   * @param flags setups that converge suspiciously differently, each a sentence
   */
  public record Verdict(boolean worse, String sentence, List<String> flags) {
    public Verdict {
      requireNonNull(sentence, "sentence");
      flags = List.copyOf(flags);
    }
  }

  /**
   * A gate that knows how far grids drift apart where nothing changed: on a shared machine a whole
   * grid may meet a busier hour, which repeats within the grid do not show. Grids before are looked
   * at by their mean log time; the least effect becomes at least three times the spread of their
   * successive differences, by medians, so that one true change among them does not blind the gate.
   *
   * @param earlier grids of the same name and place, the oldest first; with fewer than five the
   *     gate stays as it is
   */
  public RegressionGate knowing(List<PastGrid> earlier) {
    if (earlier.size() < GRIDS_TO_TELL_DRIFT) {
      return this;
    }
    double[] differences = new double[earlier.size() - 1];
    for (int g = 0; g < differences.length; g++) {
      differences[g] = Math.abs(meanLogTime(earlier.get(g + 1)) - meanLogTime(earlier.get(g)));
    }
    double drift = Spread.of(differences).median() * OF_A_NORMAL / Math.sqrt(2);
    double least = Math.exp(SPREADS * drift);
    return new RegressionGate(
        level, Math.max(slowdown, least), Math.max(slowdownOfOne, least), accuracyLoss);
  }

  private static double meanLogTime(PastGrid grid) {
    return grid.points().stream()
        .filter(PointRecord::isDone)
        .mapToDouble(point -> Math.log(point.fastestEpochSeconds()))
        .average()
        .orElse(0);
  }

  /** Compares the setups that both have. */
  public Verdict compare(List<PointRecord> baseline, List<PointRecord> now, long seed) {
    List<PairedSamples> times = samples(baseline, now, p -> Math.log(p.fastestEpochSeconds()));
    if (times.isEmpty()) {
      return new Verdict(
          false, "No setup was measured at least twice both in the baseline and now.", List.of());
    }
    Comparison time = Comparison.of(times, seed);
    Comparison error = Comparison.of(samples(baseline, now, point -> -point.finalAccuracy()), seed);
    List<String> flags = ReferenceConvergence.flags(baseline, now);
    Optional<String> slower = slower(time);
    Optional<String> lessAccurate = lessAccurate(error);
    if (slower.isPresent() || lessAccurate.isPresent()) {
      String both =
          String.join("; ", slower.stream().toList())
              + (slower.isPresent() && lessAccurate.isPresent() ? "; " : "")
              + String.join("", lessAccurate.stream().toList());
      return new Verdict(true, "It got worse than the baseline: " + both + ".", flags);
    }
    return new Verdict(
        false,
        Sentence.of(
            "No worse than the baseline: epoch times moved by %+.1f%% (p = %.3f over %d setups), accuracy moved by %+.2f points.",
            100 * (Math.exp(time.rise()) - 1), time.p(), time.setups().size(), -100 * error.rise()),
        flags);
  }

  private Optional<String> slower(Comparison time) {
    if (time.p() <= level && time.rise() >= Math.log(slowdown)) {
      return Optional.of(
          Sentence.of(
              "an epoch takes %.0f%% longer over all %d setups (p = %.4f)",
              100 * (Math.exp(time.rise()) - 1), time.setups().size(), time.p()));
    }
    return time.setups().stream()
        .filter(one -> one.p() <= level && leastRise(one) >= Math.log(slowdownOfOne))
        .findFirst()
        .map(
            one ->
                Sentence.of(
                    "an epoch of %s takes %.0f%% longer (p = %.4f, corrected)",
                    one.setup(), 100 * (Math.exp(one.rise()) - 1), one.p()));
  }

  /** By mean and by median: some runs that something disturbed are no slower program. */
  private static double leastRise(Comparison.OfSetup one) {
    return Math.min(one.rise(), one.medianRise());
  }

  private Optional<String> lessAccurate(Comparison error) {
    return error.p() <= level && error.rise() >= accuracyLoss
        ? Optional.of(
            Sentence.of(
                "after as many epochs accuracy is %.2f points lower (p = %.4f)",
                100 * error.rise(), error.p()))
        : Optional.empty();
  }

  private static List<PairedSamples> samples(
      List<PointRecord> baseline, List<PointRecord> now, ToDoubleFunction<PointRecord> figure) {
    List<PairedSamples> samples = new ArrayList<>();
    for (Setup setup : now.stream().map(p -> p.point().setup()).distinct().toList()) {
      double[] before = values(baseline, setup, figure);
      double[] current = values(now, setup, figure);
      if (before.length >= LEAST_REPEATS && current.length >= LEAST_REPEATS) {
        samples.add(new PairedSamples(setup.id(), before, current));
      }
    }
    return samples;
  }

  static double[] values(
      List<PointRecord> points, Setup setup, ToDoubleFunction<PointRecord> figure) {
    return points.stream()
        .filter(point -> point.isDone() && point.point().setup().equals(setup))
        .mapToDouble(figure)
        .toArray();
  }
}
