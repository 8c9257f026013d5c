package org.shardmean.settings;

/** How often a run writes down how far it has come. */
public enum CheckpointEvery {
  /** After every epoch. */
  EPOCH,
  /** After every round too. */
  ROUND,
  /** Not at all: a run that was stopped begins again at the start. */
  NEVER
}
