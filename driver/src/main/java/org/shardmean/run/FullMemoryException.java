package org.shardmean.run;

import java.util.Optional;

/** The driver's memory is full. The message is one line with the remedy. */
public final class FullMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param cause the error that the full memory led to
   */
  public FullMemoryException(Throwable cause) {
    super(message(detail(cause)), cause);
  }

  /** The same as an exception of this kind, if an {@link OutOfMemoryError} is at its root. */
  public static Throwable orElse(Throwable thrown) {
    return isIn(thrown) ? new FullMemoryException(thrown) : thrown;
  }

  /** Whether an {@link OutOfMemoryError} is it, or caused it. */
  public static boolean isIn(Throwable thrown) {
    return Problem.causes(thrown).anyMatch(OutOfMemoryError.class::isInstance);
  }

  /** What is said where nothing more is known. */
  public static String message() {
    return message("");
  }

  private static String message(String detail) {
    return Sentence.of(
        "the driver's memory, %,d MB, is full%s; give it more with --driver-memory and start the same command again",
        Runtime.getRuntime().maxMemory() >> 20, detail);
  }

  /** As Java says it, such as {@code Java heap space}. */
  private static String detail(Throwable thrown) {
    return Problem.causes(thrown)
        .filter(OutOfMemoryError.class::isInstance)
        .flatMap(error -> Optional.ofNullable(error.getMessage()).stream())
        .flatMap(String::lines)
        .findFirst()
        .map(line -> " (" + line + ")")
        .orElse("");
  }
}
