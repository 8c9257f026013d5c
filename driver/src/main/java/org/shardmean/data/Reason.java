package org.shardmean.data;

import java.nio.file.FileSystemException;

/** Why something failed, in one line. */
final class Reason {
  private Reason() {}

  /** The exception's message; with its kind in front where the message alone says little. */
  static String of(Exception failure) {
    String message = failure.getMessage();
    boolean telling = message != null && !(failure instanceof FileSystemException);
    String kind = failure.getClass().getSimpleName();
    String line = telling ? message : message == null ? kind : kind + ": " + message;
    return line.replaceAll("\\s+", " ");
  }
}
