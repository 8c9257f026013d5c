package org.shardmean.average;

/** What becomes of the inner optimizer's moments at an averaging. */
public enum MomentPolicy {
  /** They are averaged as the parameters are. */
  AVERAGED,
  /** Each worker goes on with its own. */
  KEPT,
  /** Each round starts from zero. */
  RESET
}
