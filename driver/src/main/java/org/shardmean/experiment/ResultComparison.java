package org.shardmean.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.shardmean.experiment.RegressionGate.Finding;
import org.shardmean.experiment.statistics.Comparison;
import org.shardmean.experiment.statistics.Samples;
import org.shardmean.run.Sentence;

/**
 * Whether a grid's runs ended as they did before: in the same bits, or else as accurate. Runs of
 * the same setup and seed are compared in pairs.
 *
 * @param level the chance of a false alarm that each test may take
 * @param loss of accuracy of all setups together that is worth an alarm; twice as much of one
 */
record ResultComparison(double level, double loss) {

  /** The same setup with the same seed, before and now. */
  private record Pair(PointRecord before, PointRecord now) {
    boolean hasOtherBits() {
      return !now.parametersSha256().equals(before.parametersSha256());
    }

    boolean breaksItsPromise() {
      return hasOtherBits() && now.fingerprint().promisesTheBitsOf(before.fingerprint());
    }
  }

  List<Finding> findings(PastGrid baseline, PastGrid now) {
    List<Finding> findings = new ArrayList<>(unlikeRepeats(now));
    List<Pair> pairs = pairs(baseline, now);
    List<Pair> changed = pairs.stream().filter(Pair::hasOtherBits).toList();
    List<Pair> broken = changed.stream().filter(Pair::breaksItsPromise).toList();
    if (!broken.isEmpty()) {
      findings.add(
          new Finding(
              true,
              "%d of %d runs ended in other bits than before, with the same commit, settings and processor; the first is %s."
                  .formatted(broken.size(), pairs.size(), broken.get(0).now().point())));
    }
    findings.add(
        pairs.isEmpty()
            ? new Finding(false, "Accuracy cannot be compared: no run is in both grids.")
            : changed.isEmpty()
                ? new Finding(
                    false,
                    "Accuracy is the same: each of %d runs ended in the same bits as before."
                        .formatted(pairs.size()))
                : accuracy(changed, pairs.size()));
    return findings;
  }

  /** Repeats of the same setup and seed that did not end in the same bits. */
  private static List<Finding> unlikeRepeats(PastGrid now) {
    Map<String, PointRecord> first = firstRuns(now);
    return now.done().stream()
        .filter(run -> new Pair(first.get(key(run)), run).hasOtherBits())
        .findFirst()
        .map(
            run ->
                new Finding(
                    true,
                    run.point() + " ended in other bits than the first run of its setup and seed."))
        .stream()
        .toList();
  }

  private Finding accuracy(List<Pair> changed, int pairs) {
    int images =
        changed.stream().mapToInt(pair -> pair.now().validationExamples()).min().orElseThrow();
    Comparison errors = Comparison.ofErrorRates(samples(changed), images);
    double change = -errors.overall().value();
    List<Comparison.OfSetup> worse =
        errors.setups().stream()
            .filter(one -> one.p() <= level && one.rise().value() >= 2 * loss)
            .toList();
    boolean isWorse = errors.overall().p() <= level && -change >= loss;
    double noticeable = Math.max(loss, errors.overall().noticeable(level));
    String sentence =
        Sentence.of(
            "Accuracy after as many epochs changed by %s points over the %d of %d runs that ended in other bits (p = %.4f); a loss of %.2f points or more would be noticed%s.",
            Sentence.points(change),
            changed.size(),
            pairs,
            errors.overall().p(),
            100 * noticeable,
            noticeable > 2 * loss ? ": run more seeds, or validate on more images" : "");
    for (Comparison.OfSetup one : worse) {
      sentence +=
          Sentence.of(
              " That of %s fell by %.2f points (p = %.4f, corrected).",
              one.setup(), 100 * one.rise().value(), one.p());
    }
    return new Finding(isWorse || !worse.isEmpty(), sentence);
  }

  private static List<Samples> samples(List<Pair> pairs) {
    Map<String, List<Pair>> setups = new LinkedHashMap<>();
    for (Pair pair : pairs) {
      setups.computeIfAbsent(pair.now().point().setup().id(), none -> new ArrayList<>()).add(pair);
    }
    List<Samples> samples = new ArrayList<>();
    setups.forEach(
        (setup, runs) ->
            samples.add(
                new Samples(
                    setup,
                    runs.stream().mapToDouble(pair -> 1 - pair.before().finalAccuracy()).toArray(),
                    runs.stream().mapToDouble(pair -> 1 - pair.now().finalAccuracy()).toArray())));
    return samples;
  }

  private static List<Pair> pairs(PastGrid baseline, PastGrid now) {
    Map<String, PointRecord> before = firstRuns(baseline);
    return firstRuns(now).entrySet().stream()
        .filter(run -> before.containsKey(run.getKey()))
        .map(run -> new Pair(before.get(run.getKey()), run.getValue()))
        .toList();
  }

  /** One run of each setup and seed: repeats have the same bits and tell nothing more. */
  private static Map<String, PointRecord> firstRuns(PastGrid grid) {
    Map<String, PointRecord> first = new LinkedHashMap<>();
    grid.done().forEach(run -> first.putIfAbsent(key(run), run));
    return first;
  }

  private static String key(PointRecord run) {
    return run.point().setup().id() + " " + run.point().seed();
  }
}
