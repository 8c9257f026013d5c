package org.shardmean.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A study's results as Markdown: means over the seeds, with their spread. */
final class StudyTables {
  private final List<StudyResult> results;

  StudyTables(List<StudyResult> results) {
    this.results = List.copyOf(results);
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    by(StudyResult::epochs).forEach((epochs, plan) -> append(text, epochs, plan));
    return text.toString();
  }

  /** One row for each setup: rows are variant and K, columns what came of it. */
  private static void append(StringBuilder text, int epochs, List<StudyResult> plan) {
    text.append("## %d epochs%n%n".formatted(epochs));
    text.append(
        "| K | variant | rounds an epoch | batch | rate | accuracy, last epoch | best epoch |"
            + " MB sent | dispersion | seeds |\n"
            + "|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    Map<String, List<StudyResult>> setups = new LinkedHashMap<>();
    plan.stream()
        .sorted(
            java.util.Comparator.comparingInt(StudyResult::workers)
                .thenComparing(StudyResult::variant)
                .thenComparingInt(StudyResult::roundsPerEpoch))
        .forEach(
            result -> setups.computeIfAbsent(result.setup(), s -> new ArrayList<>()).add(result));
    setups.values().forEach(seeds -> text.append(row(seeds)));
    text.append('\n');
  }

  private static String row(List<StudyResult> seeds) {
    StudyResult first = seeds.get(0);
    long diverged = seeds.stream().filter(s -> s.status().equals("DIVERGED")).count();
    return String.format(
        Locale.ROOT,
        "| %d | %s | %d | %d | %.2g | %s | %s | %.0f | %.2f | %d%s |%n",
        first.workers(),
        first.variant(),
        first.roundsPerEpoch(),
        first.batchSize(),
        first.rate(),
        percent(seeds.stream().map(StudyResult::accuracy).toList()),
        percent(seeds.stream().map(StudyResult::best).toList()),
        first.bytes() / 1e6,
        first.dispersion(),
        seeds.size(),
        diverged == 0 ? "" : ", " + diverged + " diverged");
  }

  /** Mean and standard deviation (n - 1) in percent; the deviation is left out of one value. */
  static String percent(List<Double> shares) {
    double mean = shares.stream().mapToDouble(s -> s).average().orElse(Double.NaN);
    if (shares.size() < 2) {
      return String.format(Locale.ROOT, "%.2f", 100 * mean);
    }
    double squares = shares.stream().mapToDouble(s -> (s - mean) * (s - mean)).sum();
    return String.format(
        Locale.ROOT, "%.2f ± %.2f", 100 * mean, 100 * Math.sqrt(squares / (shares.size() - 1)));
  }

  private Map<Integer, List<StudyResult>> by(Function<StudyResult, Integer> key) {
    Map<Integer, List<StudyResult>> groups = new LinkedHashMap<>();
    for (int value : results.stream().map(key).collect(Collectors.toCollection(TreeSet::new))) {
      groups.put(value, results.stream().filter(r -> key.apply(r) == value).toList());
    }
    return groups;
  }
}
