package org.shardmean.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.shardmean.experiment.RegressionGate.Finding;
import org.shardmean.experiment.statistics.Comparison;
import org.shardmean.experiment.statistics.Samples;
import org.shardmean.report.Texts;

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
              t ->
                  t.text(
                      "said.otherBits", broken.size(), pairs.size(), broken.get(0).now().point())));
    }
    findings.add(
        pairs.isEmpty()
            ? new Finding(false, t -> t.text("said.noPairs"))
            : changed.isEmpty()
                ? new Finding(false, t -> t.counted("said.sameBits", pairs.size()))
                : accuracy(changed, pairs.size()));
    return findings;
  }

  /** Repeats of the same setup and seed that did not end in the same bits. */
  private static List<Finding> unlikeRepeats(PastGrid now) {
    Map<String, PointRecord> first = firstRuns(now);
    return now.done().stream()
        .filter(run -> new Pair(first.get(key(run)), run).hasOtherBits())
        .findFirst()
        .map(run -> new Finding(true, t -> t.text("said.unlikeRepeat", run.point())))
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
    return new Finding(
        isWorse || !worse.isEmpty(),
        t -> {
          List<String> sentences = new ArrayList<>();
          String[] figures = {
            t.points(change),
            String.valueOf(changed.size()),
            String.valueOf(pairs),
            t.number("%.4f", errors.overall().p()),
            t.number("%.2f", 100 * noticeable)
          };
          sentences.add(
              noticeable > 2 * loss
                  ? t.text("said.accuracyChangedBlind", (Object[]) figures)
                  : t.text("said.accuracyChanged", (Object[]) figures));
          worse.forEach(one -> sentences.add(fell(t, one)));
          return t.passage(sentences);
        });
  }

  private static String fell(Texts t, Comparison.OfSetup one) {
    return t.text(
        "said.accuracyFell",
        one.setup(),
        t.number("%.2f", 100 * one.rise().value()),
        t.number("%.4f", one.p()));
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
