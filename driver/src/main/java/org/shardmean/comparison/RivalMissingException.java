package org.shardmean.comparison;

/** A rival's library, or a part of it, is not on the class path. */
final class RivalMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RivalMissingException(String message, Throwable cause) {
    super(message, cause);
  }
}
