package org.shardmean.jobs;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.shardmean.run.RunConfig;

/**
 * Every setting of a run, given or derived.
 *
 * @param config all of them
 * @param reasons for every one that was derived, a line {@code name = value: reason}
 */
record ResolvedRun(RunConfig config, List<String> reasons) {
  ResolvedRun {
    requireNonNull(config, "config");
    reasons = List.copyOf(reasons);
  }
}
