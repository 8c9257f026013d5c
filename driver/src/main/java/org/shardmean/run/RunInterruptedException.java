package org.shardmean.run;

/** A run was told to stop, and did so between two rounds. The message is one line. */
public final class RunInterruptedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RunInterruptedException(String message) {
    super(message);
  }
}
