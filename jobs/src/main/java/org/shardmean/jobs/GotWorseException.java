package org.shardmean.jobs;

/** A grid that got worse than its baseline; the message says how. Exit code 10. */
final class GotWorseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GotWorseException(String message) {
    super(message);
  }
}
