package org.shardmean.data;

/**
 * MNIST is neither here nor to be downloaded. The message is one line with every reason and the
 * remedy. Checked, because whoever asks for MNIST has to decide what to do without it.
 */
public final class MnistUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  public MnistUnavailableException(String message, Throwable cause) {
    super(Redacted.of(message), cause);
  }
}
