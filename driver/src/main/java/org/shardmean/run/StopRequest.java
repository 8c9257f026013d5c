package org.shardmean.run;

/** What may end a run from outside. Asked on the thread that trains. */
@FunctionalInterface
public interface StopRequest {
  /** Whether the run is to stop at the next opportunity. */
  boolean isAsked();

  /**
   * Why the run has failed.
   *
   * @param thrown what the thread that trains met, which may only be a consequence
   */
  default Throwable reason(Throwable thrown) {
    return FullMemoryException.orElse(thrown);
  }
}
