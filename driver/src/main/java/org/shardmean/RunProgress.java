package org.shardmean;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.shardmean.model.ParametersDigest;
import org.shardmean.report.HtmlReport;
import org.shardmean.report.ProgressJson;
import org.shardmean.run.DataRecord;
import org.shardmean.run.Environment;
import org.shardmean.run.Progress;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunDirectory;
import org.shardmean.run.RunRecord;
import org.shardmean.run.RunStatus;
import org.shardmean.settings.ReproducingCommand;

/**
 * Shows a run while it trains: {@code progress.json} for {@code watch}, and a report that says that
 * it is unfinished. Both are written in the background, one after the other, and never take more
 * than a hundredth of the time ({@link Pace}). A training of a few seconds ends before the first is
 * due. What cannot be written is left out: nothing of this stops or changes a run.
 */
final class RunProgress implements AutoCloseable {
  private static final Duration FIRST_FIGURES = Duration.ofSeconds(3);
  private static final Duration BETWEEN_FIGURES = Duration.ofSeconds(1);

  /** The first takes a quarter of a second, because its classes are new to the JVM. */
  private static final Duration FIRST_REPORT = Duration.ofSeconds(20);

  private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final RunDirectory directory;
  private final RunDirectory reportFolder;
  private final RunConfig config;
  private final List<String> reasons;
  private final DataRecord data;
  private final Environment environment;
  private final Executor background;
  private final LongSupplier clock;
  private final Pace figures;
  private final Pace report;

  /** Whether the background is at work, or has failed. */
  private volatile boolean isBusy;

  private volatile Progress latest;

  /**
   * Nothing is written yet.
   *
   * @param directory of the run
   * @param reportFolder where the unfinished report goes
   * @param reasons why settings were chosen
   * @param background where files are written, one at a time
   * @param clock nanoseconds
   */
  RunProgress(
      RunDirectory directory,
      RunDirectory reportFolder,
      RunConfig config,
      List<String> reasons,
      DataRecord data,
      Environment environment,
      Executor background,
      LongSupplier clock) {
    this.directory = requireNonNull(directory, "directory");
    this.reportFolder = requireNonNull(reportFolder, "reportFolder");
    this.config = requireNonNull(config, "config");
    this.reasons = List.copyOf(reasons);
    this.data = requireNonNull(data, "data");
    this.environment = requireNonNull(environment, "environment");
    this.background = requireNonNull(background, "background");
    this.clock = requireNonNull(clock, "clock");
    this.figures = new Pace(FIRST_FIGURES, BETWEEN_FIGURES, clock.getAsLong());
    this.report = new Pace(FIRST_REPORT, BETWEEN_REPORTS, clock.getAsLong());
  }

  /** One thread, which does not keep a driver from ending. */
  static ExecutorService thread() {
    return Executors.newSingleThreadExecutor(
        work -> {
          Thread daemon = new Thread(work, "progress");
          daemon.setDaemon(true);
          return daemon;
        });
  }

  /** Shows how far the run has come, if it is time to. */
  void passed(Progress now) {
    if (!isBusy && (figures.isDue(clock.getAsLong()) || report.isDue(clock.getAsLong()))) {
      isBusy = true;
      latest = now;
      background.execute(this::write);
    }
  }

  private void write() {
    try {
      Progress now = latest;
      long began = clock.getAsLong();
      if (figures.isDue(began)) {
        directory.write(RunDirectory.PROGRESS, ProgressJson.write(config, now));
        figures.done(began, clock.getAsLong());
      }
      began = clock.getAsLong();
      if (report.isDue(began) && !now.epochs().isEmpty()) {
        reportFolder.write(RunDirectory.REPORT, HtmlReport.renderUnfinished(record(now)));
        report.done(began, clock.getAsLong());
      }
      isBusy = false;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      // Stays busy: what only informs is not tried again.
    }
  }

  private RunRecord record(Progress now) {
    return new RunRecord(
        RunStatus.COMPLETED,
        config,
        reasons,
        data,
        environment,
        ReproducingCommand.of(config),
        now.epochs(),
        now.stopping(config.patience()).keptEpoch(),
        Optional.empty(),
        now.kept(),
        ParametersDigest.sha256(now.kept()),
        List.of(),
        List.of());
  }

  /** Ends the writing; the run's own files come next. */
  @Override
  public void close() {
    if (background instanceof ExecutorService thread) {
      thread.shutdown();
      try {
        if (!thread.awaitTermination(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
          thread.shutdownNow();
        }
      } catch (InterruptedException e) {
        thread.shutdownNow();
        Thread.currentThread().interrupt();
      }
    }
  }
}
