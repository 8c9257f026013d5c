package org.shardmean.jobs.train;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.RunFolder;
import org.shardmean.RunResult;
import org.shardmean.Training;
import org.shardmean.data.Dataset;
import org.shardmean.jobs.command.ExitCode;
import org.shardmean.jobs.command.GeneralSettings;
import org.shardmean.jobs.command.SparkJob;
import org.shardmean.jobs.command.SparkLog;
import org.shardmean.jobs.data.DataLoading;
import org.shardmean.run.RunListeners;
import org.shardmean.run.RunStatus;
import org.shardmean.run.TrainingFailedException;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.SettingGroup;
import org.shardmean.settings.TrainSettings;
import org.shardmean.spark.Cluster;

/** {@code train}: the main job. */
public final class TrainJob implements SparkJob {
  private static final String DIVERGED =
      "the run diverged, and would again; train from the start with other settings and --overwrite";

  @Override
  public String name() {
    return "train";
  }

  @Override
  public String summary() {
    return "Trains a network, scores it after every epoch, and writes model and report.";
  }

  @Override
  public List<SettingGroup> settings() {
    return Stream.concat(TrainSettings.GROUPS.stream(), Stream.of(GeneralSettings.GENERAL))
        .toList();
  }

  @Override
  public List<ExitCode> ownExitCodes() {
    return List.of(ExitCode.TRAINING);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "",
        "--workers 8 --epochs 20 --out runs/eight",
        "--layers 784-64-10 --optimizer momentum --learning-rate 0.05",
        "--data generated:1000000 --validation 0.1 --patience 3");
  }

  @Override
  public String title(GivenSettings given) {
    return name() + " " + given.get(TrainSettings.NAME);
  }

  @Override
  public void run(JavaSparkContext spark, GivenSettings asked) {
    EpochConsole console =
        EpochConsole.onStandardOutput(System.getenv(), asked.get(TrainSettings.LANG));
    if (!asked.isOn(GeneralSettings.STACKTRACE)) {
      SparkLog.hideLostExecutors(); // The console tells of them, in a line each.
    }
    try (StopSignal stop = StopSignal.of(spark.sc()::cancelAllJobs);
        RunFolder folder =
            RunFolder.open(
                spark.hadoopConfiguration(),
                asked,
                ZonedDateTime.now(ZoneId.systemDefault()),
                sharedByAttempts(spark),
                console,
                stop)) {
      if (folder.finished().isPresent()) {
        console.finishedBefore(folder);
        folder.finished().filter(RunStatus.DIVERGED::equals).ifPresent(status -> fail(DIVERGED));
        return;
      }
      try (RunListeners listeners =
          new RunListeners(
              console,
              Guests.of(folder.settings(), folder.directory(), spark.hadoopConfiguration()))) {
        train(spark, folder, console, listeners);
      }
    }
  }

  /** YARN starts a lost driver again in cluster mode, as another attempt of one application. */
  private static Optional<String> sharedByAttempts(JavaSparkContext spark) {
    return spark.sc().applicationAttemptId().isDefined()
        ? Optional.of(spark.sc().applicationId())
        : Optional.empty();
  }

  private static void train(
      JavaSparkContext spark, RunFolder folder, EpochConsole console, RunListeners listeners) {
    GivenSettings given = folder.settings();
    Dataset dataset =
        new DataLoading(spark.hadoopConfiguration(), System.getenv(), System.err).load(given);
    dataset.notices().forEach(listeners::notice);
    Cluster cluster = Cluster.of(spark, listeners);
    Training training = Training.of(dataset).settings(given).listener(listeners);
    console.resolved(folder.explained(training.resolve(cluster.slots())), folder);

    RunResult result = training.run(spark, cluster, folder);
    console.finished(result.record(), result.residuals(), folder.directory());
    result.problem().ifPresent(TrainJob::fail);
  }

  private static void fail(String problem) {
    throw new TrainingFailedException(problem);
  }
}
