package org.shardmean.jobs;

import java.util.List;
import org.shardmean.jobs.command.CommandLineJobs;
import org.shardmean.jobs.command.ExitCode;
import org.shardmean.jobs.command.Job;
import org.shardmean.jobs.command.MemoryWatch;
import org.shardmean.jobs.compare.CompareJob;
import org.shardmean.jobs.grid.GridJob;
import org.shardmean.jobs.grid.PlanJob;
import org.shardmean.jobs.model.EvaluateJob;
import org.shardmean.jobs.model.ExportJob;
import org.shardmean.jobs.model.InspectJob;
import org.shardmean.jobs.model.PredictJob;
import org.shardmean.jobs.report.ReportJob;
import org.shardmean.jobs.report.WatchJob;
import org.shardmean.jobs.train.TrainJob;
import org.shardmean.jobs.train.VerifyJob;

/** The entry point for spark-submit: {@code JOB [options]}. */
public final class Main {
  public static final List<Job> JOBS =
      List.of(
          new TrainJob(),
          new EvaluateJob(),
          new PredictJob(),
          new InspectJob(),
          new ExportJob(),
          new ReportJob(),
          new WatchJob(),
          new VerifyJob(),
          new GridJob(),
          new PlanJob(),
          new CompareJob());

  private Main() {}

  /** Ends the process with an {@link ExitCode}, unless the job is done. */
  public static void main(String[] args) {
    Runtime process = Runtime.getRuntime();
    int failed = ExitCode.FAILED.number(); // A full memory could not load the class.
    MemoryWatch memory = MemoryWatch.begin(() -> process.halt(failed));
    try {
      ExitCode code =
          new CommandLineJobs(JOBS, System.getenv(), System.out, System.err).run(List.of(args));
      if (code != ExitCode.DONE) {
        // YARN takes any exit of the driver's JVM for a failure, so a job that is done just
        // returns.
        System.exit(code.number());
      }
    } catch (OutOfMemoryError e) { // Not even what happened could be said.
      memory.end();
    }
  }
}
