package org.shardmean.data;

/**
 * Data that cannot be used. The message is one line: the file (and offset), what was expected, what
 * was found, and the remedy. Jobs end with exit code 3.
 *
 * <p>Names and contents of files may stand in it. Control characters among them are shown by their
 * code points, and a very long message is cut, so that no file decides what a terminal does.
 * Addresses in it are {@link Redacted}, before it is cut.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 2000;

  public DataException(String message) {
    super(line(message));
  }

  public DataException(String message, Throwable cause) {
    super(line(message), cause);
  }

  private static String line(String message) {
    String safe = Redacted.of(message);
    String cut = safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST) + "…";
    return VisibleText.of(cut);
  }
}
