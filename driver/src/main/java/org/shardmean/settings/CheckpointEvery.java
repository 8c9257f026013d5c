package org.shardmean.settings;

/** How often a checkpoint is written. */
public enum CheckpointEvery {
  /** After every epoch. */
  EPOCH,
  /** After every round too. */
  ROUND,
  /** Not at all: a run that was stopped begins again at the start. */
  NEVER
}
