package org.shardmean.average;

/** What the driver makes of the workers' mean. */
public enum OuterKind {
  /** The mean is the next state: parameter averaging (McMahan et al., 2017, algorithm 1). */
  MEAN,
  /** Heavy-ball momentum on the averaged difference (SlowMo: Wang et al., 2020, algorithm 1). */
  MOMENTUM,
  /**
   * Nesterov's momentum on the averaged difference (DiLoCo: Douillard et al., 2023, algorithm 1).
   */
  NESTEROV
}
