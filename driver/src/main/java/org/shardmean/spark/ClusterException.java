package org.shardmean.spark;

/** The cluster does not give what a run needs. The message is one line with the remedy. */
public final class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClusterException(String message) {
    super(message);
  }
}
