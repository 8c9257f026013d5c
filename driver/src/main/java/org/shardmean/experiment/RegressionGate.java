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
import org.shardmean.report.Message;
import org.shardmean.report.Texts;

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
   * @param message a whole sentence, with the figures and with what would have been noticed
   */
  public record Finding(boolean worse, Message message) {
    public Finding {
      requireNonNull(message, "message");
    }

    /** What was found, in words. */
    public String sentence(Texts t) {
      return message.in(t);
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
    public String sentence(Texts t) {
      List<String> parts = new ArrayList<>();
      parts.add(worse() ? t.text("said.gotWorse") : t.text("said.noLoss"));
      findings.stream().filter(Finding::worse).forEach(one -> parts.add(one.sentence(t)));
      findings.stream().filter(one -> !one.worse()).forEach(one -> parts.add(one.sentence(t)));
      return t.passage(parts);
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
      findings.add(new Finding(false, t -> t.text("said.driftUnknown", GRIDS_TO_TELL_DRIFT)));
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
      return new Finding(false, t -> t.text("said.noTimes"));
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
    double noticeable = Math.max(Math.log(slowdown), time.overall().noticeable(level));
    return new Finding(
        isSlower || slowest.isPresent(),
        t ->
            t.passage(
                List.of(
                    t.counted(
                        "said.epochTakes",
                        samples.size(),
                        percentLonger(t, rise),
                        t.number("%.4f", time.overall().p()),
                        t.number("%.0f", percent(noticeable))),
                    slowest.map(one -> slowest(t, one)).orElse(""))));
  }

  private static String slowest(Texts t, Comparison.OfSetup one) {
    return t.text(
        "said.epochOfTakes",
        one.setup(),
        percentLonger(t, one.rise().value()),
        t.number("%.4f", one.p()));
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
            t ->
                t.text(
                    "said.creep",
                    series.size(),
                    percentLonger(t, trend.rise()),
                    t.number("%.4f", trend.p()))));
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

  private static String percentLonger(Texts t, double logRise) {
    String percent = t.number("%.1f", Math.abs(percent(logRise)));
    return logRise < 0 ? t.text("said.lessTime", percent) : t.text("said.longer", percent);
  }

  private static double percent(double logRise) {
    return 100 * (Math.exp(logRise) - 1);
  }
}
