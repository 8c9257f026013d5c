package org.shardmean.run;

/** How a run ended. */
public enum RunStatus {
  /** All epochs done. */
  COMPLETED,
  /** Ended early by {@code --patience}: validation no longer improved. */
  STOPPED_EARLY,
  /** The loss became NaN or exploded; the last good state was saved. */
  DIVERGED,
  /** Ended by an error. */
  FAILED,
  /** Told to stop, by a signal; it can be resumed. */
  INTERRUPTED
}
