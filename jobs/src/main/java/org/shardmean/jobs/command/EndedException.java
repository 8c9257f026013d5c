package org.shardmean.jobs.command;

import static java.util.Objects.requireNonNull;

/** A job that did all its work, and must still end with an exit code of its own. */
public final class EndedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  public EndedException(ExitCode code, String message) {
    super(message);
    this.code = requireNonNull(code, "code");
  }

  ExitCode code() {
    return code;
  }
}
