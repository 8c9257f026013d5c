package org.shardmean.data;

/**
 * MNIST was not found and cannot be downloaded. The message is one line with every reason and the
 * remedy. A checked exception, because every caller must decide what to do without MNIST.
 */
public final class MnistUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  public MnistUnavailableException(String message, Throwable cause) {
    super(Redacted.of(message), cause);
  }
}
