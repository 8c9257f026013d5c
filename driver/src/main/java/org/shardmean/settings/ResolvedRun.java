package org.shardmean.settings;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunConfig;

/**
 * Every setting of a run, given or derived, checked against the data.
 *
 * @param config all of them
 * @param reasons for every one that was derived, a line of {@link SettingReason}
 * @param sameBits whether the cluster must be one on which the result has the same bits wherever
 *     its workers run
 */
public record ResolvedRun(RunConfig config, List<String> reasons, boolean sameBits) {
  public ResolvedRun {
    requireNonNull(config, "config");
    reasons = List.copyOf(reasons);
  }

  /** The same with other reasons. */
  public ResolvedRun withReasons(List<String> others) {
    return new ResolvedRun(config, others, sameBits);
  }

  /** Why a setting has its value; none if it was given or is the default. */
  public Optional<String> reason(Setting<?> setting) {
    return SettingReason.find(reasons, setting).map(SettingReason::inWords);
  }

  /**
   * Takes what was given and derives the rest.
   *
   * @param slots what the number of workers follows where it is not given
   * @throws ConfigurationException with every problem: texts that cannot be read, or else settings
   *     that do not fit the data or each other
   */
  public static ResolvedRun of(GivenSettings given, DataShape data, Slots slots) {
    return new RunResolution(given, data, slots).resolve();
  }
}
