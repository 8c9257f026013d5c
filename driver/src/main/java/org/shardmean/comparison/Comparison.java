package org.shardmean.comparison;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.shardmean.report.Texts;
import org.shardmean.run.DataRecord;
import org.shardmean.run.Environment;

/**
 * Shardmean and its rivals on the same data.
 *
 * @param network such as {@code 784-128-64-10}
 * @param data what all of them learned
 * @param environment where Shardmean ran; the rivals had an application of their own on the same
 *     machines, unless {@code oneApplication}
 * @param seed of all random draws
 * @param targets accuracies, 0 to 1, for which the seconds are listed
 * @param oneApplication whether all ran in one Spark application, one after the other
 * @param notices what a reader of the figures must know first
 * @param contenders Shardmean first, and once more at the end
 */
public record Comparison(
    String network,
    DataRecord data,
    Environment environment,
    long seed,
    List<Double> targets,
    boolean oneApplication,
    List<String> notices,
    List<Contender> contenders) {
  public Comparison {
    requireNonNull(network, "network");
    requireNonNull(data, "data");
    requireNonNull(environment, "environment");
    targets = List.copyOf(targets);
    notices = List.copyOf(notices);
    contenders = List.copyOf(contenders);
    if (contenders.isEmpty() || !contenders.get(0).isOurs()) {
      throw new IllegalArgumentException("expected Shardmean first, found " + contenders);
    }
  }

  /** Shardmean itself. */
  public Contender ours() {
    return contenders.get(0);
  }

  /** All that Shardmean is compared with. */
  public List<Contender> rivals() {
    return contenders.stream().filter(Contender::isRival).toList();
  }

  /** Those that could not run, or not to their end. */
  public List<Contender> failed() {
    return contenders.stream().filter(one -> one.problem().isPresent()).toList();
  }

  /** What the figures say, in sentences; the most important first. */
  public List<String> conclusions(Texts t) {
    return new ComparisonConclusions(t).of(this);
  }
}
