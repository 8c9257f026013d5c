package org.shardmean.run;

/**
 * Hears of a run as it goes on, on the driver, on the thread that runs it: for the console and
 * whoever else wants to know. What it does must be short, since the run waits for it.
 */
public interface RunListener {

  /** A listener that ignores everything. */
  RunListener NONE = new RunListener() {};

  /**
   * Something is waited for, such as executors; a line for people. This one may be called on any
   * thread.
   */
  default void waiting(String whatFor) {}

  /** Data and settings are known, training begins. */
  default void started(RunConfig config, DataRecord data, Environment environment) {}

  /** One averaging is done; rounds come in order. */
  default void roundEnded(RoundRecord round) {}

  /** All rounds of an epoch are done and the validation examples are scored. */
  default void epochEnded(EpochRecord epoch) {}

  /** Something disturbed the run, and changed no bit of its result. */
  default void disturbed(RunEvent event) {}

  /**
   * Something that whoever reads the figures must know, in one line without a line break: such as
   * that they are not MNIST's.
   */
  default void notice(String notice) {}
}
