package org.shardmean.run;

/**
 * What a training goes on from, what becomes of its progress, and whether it is to stop. Asked on
 * the thread that trains; what it does must be short, since the run waits for it.
 */
public interface RunKeeper {
  /** Begins at the start and keeps nothing. */
  RunKeeper NONE = new RunKeeper() {};

  /**
   * Data and settings are known, training is about to begin.
   *
   * @param fresh the very start
   * @return where it goes on, or the start
   * @throws ConfigurationException with everything in which this is not the run to go on with
   */
  default Progress begin(
      RunConfig config, DataRecord data, Environment environment, Progress fresh) {
    return fresh;
  }

  /**
   * A round has ended, or an epoch.
   *
   * @throws RunInterruptedException if the run is to stop here
   */
  default void passed(Progress now) {}

  /** Whether the run was told to stop: what makes it fail from now on is a consequence. */
  default boolean isToStop() {
    return false;
  }

  /** As {@link StopRequest#reason}. */
  default Throwable reason(Throwable thrown) {
    return FullMemoryException.orElse(thrown);
  }
}
