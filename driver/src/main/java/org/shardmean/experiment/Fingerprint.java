package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.shardmean.report.SavedResult;
import org.shardmean.run.Environment;
import org.shardmean.settings.TrainSettings;

/**
 * All that a point's figures depend on: every setting as it is resolved, the data, the cluster, the
 * versions.
 *
 * <p>Two points can be compared although their versions differ, and although the program chose
 * settings otherwise that the experiment leaves to it: to find out what such a change did is what
 * they are compared for. Anything else must be equal.
 *
 * @param facts by name, sorted: the settings of {@code train} by their own names ({@code
 *     batch-size}), and those that the constants of this class name
 * @param chosen names of the settings that the experiment does not give
 */
public record Fingerprint(SortedMap<String, String> facts, Set<String> chosen) {
  /** Checksum of the training and test images with their labels. */
  public static final String DATA = "data-checksum";

  /** Task slots of the cluster. */
  public static final String SLOTS = "task-slots";

  public static final String EXECUTORS = "executors";

  /** Spark's master URL. */
  public static final String MASTER = "master";

  /** Names and BLAS kernels of the processors that train. */
  public static final String PROCESSOR = "processor";

  public static final String JAVA = "java-version";

  public static final String SPARK = "spark-version";

  public static final String DL4J = "dl4j-version";

  public static final String OS = "os-version";

  /** The commit that the program was built from. */
  public static final String COMMIT = "commit";

  private static final Set<String> VERSIONS = Set.of(JAVA, SPARK, DL4J, OS, COMMIT);

  /** Settings without effect on time and result; of the data the checksum tells more. */
  private static final Set<String> WITHOUT_EFFECT = Set.of("name", "lang", "data");

  /** Nothing is known. */
  public static final Fingerprint UNKNOWN = new Fingerprint(new TreeMap<>(), Set.of());

  public Fingerprint {
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    facts.forEach((name, fact) -> requireNonNull(fact, name));
    chosen = Set.copyOf(chosen);
  }

  /**
   * Of a run.
   *
   * @param chosen names of the settings that the experiment does not give
   * @throws IllegalArgumentException if a setting is missing, or has a value that it cannot have
   */
  public static Fingerprint of(SavedResult saved, Set<String> chosen) {
    return of(saved.settings(), saved.data().checksum(), saved.environment(), chosen);
  }

  /**
   * Of a run that is planned.
   *
   * @param settings by their names
   * @param checksum of the data
   * @param environment where it will run
   * @param chosen names of the settings that the experiment does not give
   */
  static Fingerprint of(
      Map<String, String> settings, String checksum, Environment environment, Set<String> chosen) {
    SortedMap<String, String> facts = new TreeMap<>(settings);
    facts.keySet().removeAll(WITHOUT_EFFECT);
    facts.put(DATA, checksum);
    facts.put(MASTER, environment.master());
    facts.put(EXECUTORS, String.valueOf(environment.executors()));
    facts.put(SLOTS, String.valueOf(environment.cores()));
    facts.put(PROCESSOR, environment.processor());
    facts.put(JAVA, environment.java());
    facts.put(SPARK, environment.spark());
    facts.put(DL4J, environment.dl4j());
    facts.put(OS, environment.os());
    facts.put(COMMIT, environment.gitCommit());
    return new Fingerprint(facts, chosen);
  }

  /** The facts that all of several fingerprints share; empty where there are none. */
  static Map<String, String> common(List<Fingerprint> fingerprints) {
    TreeMap<String, String> common = new TreeMap<>();
    if (!fingerprints.isEmpty()) {
      common.putAll(fingerprints.get(0).facts());
      fingerprints.forEach(one -> common.entrySet().retainAll(one.facts().entrySet()));
    }
    return common;
  }

  /** Of a point that asks for a number of cores, however many executors have them. */
  Fingerprint ofCores() {
    SortedMap<String, String> rest = new TreeMap<>(facts);
    rest.remove(EXECUTORS);
    return new Fingerprint(rest, chosen);
  }

  /**
   * Why the two cannot be compared, each as {@code batch-size 64 instead of 32}, in order of name;
   * empty when they can.
   *
   * @param before the fingerprint that this one is compared with
   */
  public List<String> unlike(Fingerprint before) {
    return differences(before, name -> !mayDiffer(before, name));
  }

  /** What else is not as it was, in the same words: versions, and what the program chose. */
  public List<String> changes(Fingerprint before) {
    return differences(before, name -> mayDiffer(before, name));
  }

  /** All that is not as it was, in the same words. */
  List<String> differences(Fingerprint before) {
    return differences(before, name -> true);
  }

  /** Whether both runs must have ended in the same bits: all is equal, and the code is known. */
  boolean promisesTheBitsOf(Fingerprint before) {
    return facts.equals(before.facts) && facts.getOrDefault(COMMIT, "").matches("[0-9a-f]{7,64}");
  }

  private boolean mayDiffer(Fingerprint before, String name) {
    return VERSIONS.contains(name) || (chosen.contains(name) && before.chosen.contains(name));
  }

  private List<String> differences(Fingerprint before, Predicate<String> wanted) {
    TreeSet<String> names = new TreeSet<>(facts.keySet());
    names.addAll(before.facts.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      String now =
          facts.getOrDefault(name, TrainSettings.IN_OLDER_FILES.getOrDefault(name, "nothing"));
      String then =
          before.facts.getOrDefault(
              name, TrainSettings.IN_OLDER_FILES.getOrDefault(name, "nothing"));
      if (!now.equals(then) && wanted.test(name)) {
        differences.add("%s %s instead of %s".formatted(name, now, then));
      }
    }
    return differences;
  }
}
