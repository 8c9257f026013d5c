package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.math3.stat.StatUtils;
import org.shardmean.experiment.statistics.Comparison;
import org.shardmean.experiment.statistics.Estimate;
import org.shardmean.experiment.statistics.Samples;
import org.shardmean.experiment.statistics.Spread;
import org.shardmean.experiment.statistics.Trend;
import org.shardmean.run.Sentence;

/**
 * Whether a grid got worse than the last accepted one: slower, slower step by step, other bits
 * where the same were promised, or less accurate.
 *
 * <p>A run's time is that of its fastest epoch; see {@link PointRecord#fastestEpochSeconds}. Each
 * part alarms when a change is both larger than its least effect and improbable by chance.
 *
 * @param level the chance of a false alarm that each test may take
 * @param slowdown of all setups together, as a factor, that is worth an alarm
 * @param slowdownOfOne of a single setup
 * @param creep slowdown over all grids since the accepted one, as a factor
 * @param accuracyLoss of all setups together; twice as much of a single setup
 */
public record RegressionGate(
    double level, double slowdown, double slowdownOfOne, double creep, double accuracyLoss) {
  /** Measured in docs/experiments.md. */
  public static final RegressionGate DEFAULT = new RegressionGate(0.002, 1.15, 1.25, 1.10, 0.0025);

  private static final int GRIDS_TO_TELL_DRIFT = 5;

  /** The standard deviation of a normal distribution over its median absolute deviation. */
  private static final double OF_A_NORMAL = 1.4826;

  /** Fewer repeats of a setup than this tell nothing of its noise. */
  private static final int LEAST_REPEATS = 2;

  /**
   * What one part of the comparison found.
   *
   * @param worse whether it is an alarm
   * @param sentence a whole one, with the figures and with what would have been noticed
   */
  public record Finding(boolean worse, String sentence) {
    public Finding {
      requireNonNull(sentence, "sentence");
    }
  }

  /** What a comparison came to: the alarms come first. */
  public record Verdict(List<Finding> findings) {
    public Verdict {
      findings = List.copyOf(findings);
    }

    public boolean worse() {
      return findings.stream().anyMatch(Finding::worse);
    }

    /** In one line: what got worse, or that nothing did, and all the rest. */
    public String sentence() {
      List<String> parts = new ArrayList<>();
      parts.add(worse() ? "It got worse than the baseline." : "No loss was found.");
      findings.stream().filter(Finding::worse).forEach(one -> parts.add(one.sentence()));
      findings.stream().filter(one -> !one.worse()).forEach(one -> parts.add(one.sentence()));
      return String.join(" ", parts);
    }
  }

  /**
   * Compares the points that both have.
   *
   * @param baseline an accepted grid, run alike
   * @param history all grids of the same name, the oldest first; those that were not run alike or
   *     not whole are left out
   */
  public Verdict compare(PastGrid baseline, List<PastGrid> history, PastGrid now) {
    List<PastGrid> alike =
        history.stream()
            .filter(past -> past.started().compareTo(now.started()) < 0 && past.isWhole())
            .filter(past -> Baseline.differences(now.fingerprints(), past).isEmpty())
            .toList();
    List<PastGrid> since =
        alike.stream().filter(past -> past.started().compareTo(baseline.started()) >= 0).toList();
    RegressionGate gate = knowingDriftOf(alike);
    List<Finding> findings = new ArrayList<>();
    findings.add(gate.time(baseline, now));
    if (alike.size() < GRIDS_TO_TELL_DRIFT) {
      findings.add(
          new Finding(
              false,
              "How much times differ from grid to grid is known only after %d grids."
                  .formatted(GRIDS_TO_TELL_DRIFT)));
    }
    gate.creep(since, now).ifPresent(findings::add);
    findings.addAll(new ResultComparison(level, accuracyLoss).findings(baseline, now));
    return new Verdict(findings);
  }

  /**
   * A gate that knows how far grids drift apart where nothing changed: on a shared machine a whole
   * grid may meet a busier hour, which repeats within the grid do not show. Grids before are looked
   * at by their mean log time. The scatter of the difference of two grids is told by the median of
   * their successive differences, so that one true change among them does not blind the gate; the
   * least effects become those that this scatter exceeds with a chance of {@code level}.
   *
   * @param earlier grids that were run alike, the oldest first; with fewer than five the gate stays
   *     as it is
   */
  RegressionGate knowingDriftOf(List<PastGrid> earlier) {
    if (earlier.size() < GRIDS_TO_TELL_DRIFT) {
      return this;
    }
    double[] times = meanLogTimes(earlier);
    double[] steps = new double[times.length - 1];
    for (int g = 0; g < steps.length; g++) {
      steps[g] = Math.abs(times[g + 1] - times[g]);
    }
    double scatter = Spread.of(steps).median() * OF_A_NORMAL;
    double least = Math.exp(new Estimate(0, scatter, steps.length).noticeable(level));
    return new RegressionGate(
        level,
        Math.max(slowdown, least),
        Math.max(slowdownOfOne, least),
        Math.max(creep, least),
        accuracyLoss);
  }

  private Finding time(PastGrid baseline, PastGrid now) {
    List<Samples> samples = samples(baseline, now);
    if (samples.isEmpty()) {
      return new Finding(
          false, "Times cannot be compared: no setup ran at least twice in both grids.");
    }
    Comparison time = Comparison.ofRepeats(samples);
    double rise = time.overall().value();
    boolean isSlower = time.overall().p() <= level && rise >= Math.log(slowdown);
    Optional<Comparison.OfSetup> slowest =
        time.setups().stream()
            .filter(one -> one.p() <= level)
            .filter(
                one -> Math.min(one.rise().value(), one.medianRise()) >= Math.log(slowdownOfOne))
            .max((a, b) -> Double.compare(a.rise().value(), b.rise().value()));
    String all =
        Sentence.of(
            "An epoch takes %s over %s (p = %.4f); a slowdown of %.0f%% or more would be noticed.",
            percentLonger(rise),
            Sentence.counted(samples.size(), "setup"),
            time.overall().p(),
            percent(Math.max(Math.log(slowdown), time.overall().noticeable(level))));
    return new Finding(
        isSlower || slowest.isPresent(),
        all
            + slowest
                .map(
                    one ->
                        Sentence.of(
                            " An epoch of %s takes %s (p = %.4f, corrected).",
                            one.setup(), percentLonger(one.rise().value()), one.p()))
                .orElse(""));
  }

  /** Whether times rose grid by grid, each step too small to be noticed. */
  private Optional<Finding> creep(List<PastGrid> since, PastGrid now) {
    List<PastGrid> series = new ArrayList<>(since);
    series.add(now);
    if (series.size() < Trend.least(level)) {
      return Optional.empty();
    }
    Trend trend = Trend.of(meanLogTimes(series));
    return Optional.of(
        new Finding(
            trend.p() <= level && trend.rise() >= Math.log(creep),
            Sentence.of(
                "Over the %d grids since the baseline an epoch came to take %s (p = %.4f).",
                series.size(), percentLonger(trend.rise()), trend.p())));
  }

  /** Of each grid the mean over the setups that all of them have. */
  private static double[] meanLogTimes(List<PastGrid> grids) {
    List<Map<String, double[]>> times = grids.stream().map(RegressionGate::logTimes).toList();
    Set<String> shared = new LinkedHashSet<>(times.get(0).keySet());
    times.forEach(grid -> shared.retainAll(grid.keySet()));
    return times.stream()
        .mapToDouble(
            grid ->
                shared.stream()
                    .mapToDouble(setup -> StatUtils.mean(grid.get(setup)))
                    .average()
                    .orElse(0))
        .toArray();
  }

  private static List<Samples> samples(PastGrid baseline, PastGrid now) {
    Map<String, double[]> before = logTimes(baseline);
    List<Samples> samples = new ArrayList<>();
    logTimes(now)
        .forEach(
            (setup, times) -> {
              double[] then = before.getOrDefault(setup, new double[0]);
              if (then.length >= LEAST_REPEATS && times.length >= LEAST_REPEATS) {
                samples.add(new Samples(setup, then, times));
              }
            });
    return samples;
  }

  /** Of each setup, by its id, the log times of its runs. */
  private static Map<String, double[]> logTimes(PastGrid grid) {
    Map<String, double[]> times = new LinkedHashMap<>();
    grid.done().stream()
        .collect(groupingBy(point -> point.point().setup().id(), LinkedHashMap::new, toList()))
        .forEach(
            (setup, runs) ->
                times.put(
                    setup,
                    runs.stream()
                        .mapToDouble(run -> Math.log(run.fastestEpochSeconds()))
                        .toArray()));
    return times;
  }

  private static String percentLonger(double logRise) {
    return Sentence.of(
        "%.1f%% %s", Math.abs(percent(logRise)), logRise < 0 ? "less time" : "longer");
  }

  private static double percent(double logRise) {
    return 100 * (Math.exp(logRise) - 1);
  }
}
