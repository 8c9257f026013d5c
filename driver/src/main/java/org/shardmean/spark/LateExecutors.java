package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.Environment;
import org.shardmean.run.Kernels;
import org.shardmean.run.RunListener;

/**
 * Executors that join when training is under way. They are asked for their BLAS kernels, as the
 * first ones were, after the first round that they may have worked in and before anything of that
 * round is kept.
 */
final class LateExecutors {
  /** One that stands still must not hold up every round. */
  private static final int MOST_TIMES_ASKED = 3;

  private final Executors executors;
  private final boolean sameBits;
  private final RunListener listener;
  private final Set<String> processors;
  private final Set<String> known;
  private final Map<String, Integer> timesAsked = new HashMap<>();
  private Environment environment;

  /** The executors of a context. */
  interface Executors {
    /** The identifiers of those that are there now. */
    Set<String> identifiers();

    /**
     * Asks them.
     *
     * @return processors as in {@link Environment#processor}, by the identifiers of those that can
     *     work already; empty for one that gave no answer
     */
    Map<String, String> processors(Set<String> identifiers);
  }

  /**
   * @param environment of the executors that are there
   * @param sameBits whether other kernels are refused
   */
  LateExecutors(
      Executors executors, Environment environment, boolean sameBits, RunListener listener) {
    this.executors = requireNonNull(executors, "executors");
    this.environment = requireNonNull(environment, "environment");
    this.sameBits = sameBits;
    this.listener = requireNonNull(listener, "listener");
    this.processors = new TreeSet<>(List.of(environment.processor().split("; ")));
    this.known = new HashSet<>(executors.identifiers());
  }

  /**
   * Asks those that have joined since the last time, and tells of kernels that none had before.
   *
   * @throws ConfigurationException if there are such kernels and they are refused
   */
  void check() {
    Set<String> joined = new TreeSet<>(executors.identifiers());
    joined.removeAll(known);
    if (joined.isEmpty()) {
      return;
    }
    Set<String> before = Kernels.in(environment.processor());
    executors.processors(joined).forEach(this::take);
    environment = environment.withProcessor(String.join("; ", processors));
    if (!before.containsAll(Kernels.in(environment.processor()))) {
      Kernels.check(environment, sameBits, listener);
    }
  }

  private void take(String executor, String processor) {
    if (!processor.isEmpty()) {
      processors.add(processor);
      known.add(executor);
    } else if (timesAsked.merge(executor, 1, Integer::sum) >= MOST_TIMES_ASKED) {
      known.add(executor);
    }
  }

  /** With the processors of all that were asked. */
  Environment environment() {
    return environment;
  }
}
