package org.shardmean.run;

import static java.util.Objects.requireNonNull;

import org.shardmean.data.VisibleText;

/**
 * Something that happened to a run from outside and cost time, but changed no bit of its result.
 *
 * @param kind what it was
 * @param during the current Spark job, such as {@code epoch 4 · round 2}
 * @param line all of it in one line, for people
 * @param seconds from then until that job was done; NaN where nothing was waited for
 */
public record RunEvent(Kind kind, String during, String line, double seconds) {
  private static final int LONGEST = 400;

  public RunEvent {
    requireNonNull(kind, "kind");
    requireNonNull(during, "during");
    line = VisibleText.of(line);
    line = line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  /** What can happen. */
  public enum Kind {
    /** An executor ended, or was no longer heard of. */
    EXECUTOR_LOST,
    /** An executor came while training was under way. */
    EXECUTOR_JOINED,
    /** Attempts of tasks failed, and others took their place. */
    TASK_FAILED,
    /** An earlier driver was stopped or lost; this one went on from a checkpoint. */
    RESUMED
  }
}
