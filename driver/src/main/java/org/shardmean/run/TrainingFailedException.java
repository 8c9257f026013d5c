package org.shardmean.run;

/** Training that went wrong: the message says where, why and what to try. Exit code 4. */
public final class TrainingFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TrainingFailedException(String message) {
    super(message);
  }
}
