package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

/** A run went wrong after it had begun. It carries what there is of the run, and has a cause. */
public final class UnfinishedRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient TrainingRun.Finished part;

  /**
   * @param part the run as far as it came, with the problem
   */
  UnfinishedRunException(TrainingRun.Finished part, Throwable cause) {
    super(part.problem().orElseThrow(), cause);
    this.part = requireNonNull(part, "part");
  }

  /** The run as far as it came. */
  public TrainingRun.Finished part() {
    return part;
  }

  /** Throws the cause itself, which need not be declared. */
  public <E extends Throwable> RuntimeException rethrown() throws E {
    @SuppressWarnings("unchecked")
    E cause = (E) getCause();
    throw cause;
  }
}
