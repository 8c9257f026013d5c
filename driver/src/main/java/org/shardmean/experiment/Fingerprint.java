package org.shardmean.experiment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that a point's figures depend on: every setting as it is resolved, the data, the cluster, the
 * versions. Two points are alike when their fingerprints are equal.
 *
 * @param facts by name, sorted: the settings of {@code train} by their own names ({@code
 *     batch-size}), and those that the constants of this class name
 */
public record Fingerprint(SortedMap<String, String> facts) {
  /** Digest of the training and test images with their labels. */
  public static final String DATA = "data-digest";

  /** Task slots of the cluster. */
  public static final String SLOTS = "task-slots";

  /** Spark's master URL. */
  public static final String MASTER = "master";

  /** Model names of the processors that train. */
  public static final String PROCESSOR = "processor";

  public static final String JAVA = "java-version";

  public static final String SPARK = "spark-version";

  /** The commit that the program was built from. */
  public static final String COMMIT = "commit";

  /** Nothing is known. */
  public static final Fingerprint UNKNOWN = new Fingerprint(new TreeMap<>());

  public Fingerprint {
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
  }

  /** These facts and more. */
  public Fingerprint with(Map<String, String> more) {
    TreeMap<String, String> all = new TreeMap<>(facts);
    all.putAll(more);
    return new Fingerprint(all);
  }

  /** Without some facts, for comparisons in which those may differ. */
  public Fingerprint without(Collection<String> names) {
    TreeMap<String, String> rest = new TreeMap<>(facts);
    names.forEach(rest::remove);
    return new Fingerprint(rest);
  }

  /**
   * What differs, each as {@code batch-size 64 instead of 32}, in order of name; empty when they
   * are equal.
   *
   * @param before the fingerprint that this one is compared with
   */
  public List<String> differencesFrom(Fingerprint before) {
    TreeSet<String> names = new TreeSet<>(facts.keySet());
    names.addAll(before.facts.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      String now = facts.getOrDefault(name, "nothing");
      String then = before.facts.getOrDefault(name, "nothing");
      if (!now.equals(then)) {
        differences.add("%s %s instead of %s".formatted(name, now, then));
      }
    }
    return differences;
  }
}
