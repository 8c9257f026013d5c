package org.shardmean.data;

/**
 * Data that cannot be used. The message is one line: the file (and offset), what was expected, what
 * was found, and the remedy. Jobs end with exit code 3.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
