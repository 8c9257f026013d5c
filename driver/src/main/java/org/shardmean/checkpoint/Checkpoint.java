package org.shardmean.checkpoint;

import static java.util.Objects.requireNonNull;

import org.shardmean.run.Progress;

/**
 * How far a run has come, and which run it is.
 *
 * @param identity of the run
 * @param progress what it goes on from
 */
public record Checkpoint(RunIdentity identity, Progress progress) {
  public Checkpoint {
    requireNonNull(identity, "identity");
    requireNonNull(progress, "progress");
  }
}
