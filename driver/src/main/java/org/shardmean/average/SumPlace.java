package org.shardmean.average;

/**
 * Where the workers' results are added up. The bits of a training do not depend on it; what it
 * costs does.
 */
public enum SumPlace {
  /** On executors where a round's states are large, otherwise on the driver. */
  AUTO,
  /** Each task adds up what its own workers did, the driver adds up what the tasks send. */
  DRIVER,
  /**
   * The state is cut into parts, and each part is added up by a task on an executor. The driver
   * gets one whole state in a round and sends none.
   */
  SLICED
}
