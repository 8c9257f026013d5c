package org.shardmean.jobs;

import java.util.List;

/** The entry point for spark-submit: {@code JOB [options]}. */
public final class Main {
  static final List<Job> JOBS =
      List.of(
          new TrainJob(),
          new EvaluateJob(),
          new PredictJob(),
          new InspectJob(),
          new GridJob(),
          new PlanJob());

  private Main() {}

  /** Ends the process with an {@link ExitCode}, unless the job is done. */
  public static void main(String[] args) {
    ExitCode code =
        new CommandLineJobs(JOBS, System.getenv(), System.out, System.err).run(List.of(args));
    if (code != ExitCode.DONE) {
      // YARN takes any exit of the driver's JVM for a failure, so a job that is done just returns.
      System.exit(code.number());
    }
  }
}
