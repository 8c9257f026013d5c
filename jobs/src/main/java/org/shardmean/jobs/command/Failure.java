package org.shardmean.jobs.command;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.shardmean.data.DataException;
import org.shardmean.data.Redacted;
import org.shardmean.data.UnwrittenFileException;
import org.shardmean.data.VisibleText;
import org.shardmean.model.MissingBlasException;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.FullMemoryException;
import org.shardmean.run.Problem;
import org.shardmean.run.RunInterruptedException;
import org.shardmean.run.TrainingFailedException;
import org.shardmean.spark.ClusterException;

/**
 * What an error means to whoever started the job.
 *
 * @param code what the process ends with
 * @param lines what is said
 */
record Failure(ExitCode code, List<String> lines) {
  Failure {
    lines = lines.stream().map(Redacted::of).map(VisibleText::of).toList();
  }

  /** Ours, wherever in the chain of causes Spark has wrapped it; else one line and advice. */
  static Failure of(Throwable thrown) {
    return Problem.causes(thrown)
        .flatMap(cause -> ours(cause).stream())
        .findFirst()
        .orElseGet(() -> other(thrown));
  }

  void print(PrintStream to) {
    lines.forEach(line -> to.println("error: " + line));
    to.flush();
  }

  private static Optional<Failure> ours(Throwable cause) {
    if (cause instanceof ConfigurationException configuration) {
      return Optional.of(new Failure(ExitCode.CONFIGURATION, configuration.problems()));
    }
    if (cause instanceof DataException) {
      return Optional.of(new Failure(ExitCode.DATA, List.of(cause.getMessage())));
    }
    if (cause instanceof MissingBlasException
        || cause instanceof ClusterException
        || cause instanceof FullMemoryException
        || cause instanceof UnwrittenFileException
        || cause instanceof RunInterruptedException) {
      return Optional.of(new Failure(ExitCode.FAILED, List.of(cause.getMessage())));
    }
    if (cause instanceof TrainingFailedException) {
      return Optional.of(new Failure(ExitCode.TRAINING, List.of(cause.getMessage())));
    }
    if (cause instanceof EndedException ended) {
      return Optional.of(new Failure(ended.code(), List.of(cause.getMessage())));
    }
    return Optional.empty();
  }

  private static Failure other(Throwable thrown) {
    if (isStoppedSpark(thrown)) {
      return new Failure(
          ExitCode.FAILED,
          List.of("Spark stopped by itself, as said above; check --master and the cluster's log"));
    }
    return new Failure(
        ExitCode.FAILED,
        List.of(Problem.root(thrown) + "; run again with --stacktrace to see where"));
  }

  /**
   * Spark gives up on a cluster by stopping; whoever uses it next only hears that it is stopped.
   */
  private static boolean isStoppedSpark(Throwable thrown) {
    return Problem.causes(thrown)
        .anyMatch(
            cause ->
                cause instanceof IllegalStateException
                    && String.valueOf(cause.getMessage()).contains("stopped SparkContext"));
  }
}
