package org.shardmean.jobs;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.RunResult;
import org.shardmean.Training;
import org.shardmean.data.Dataset;
import org.shardmean.run.RunDirectory;
import org.shardmean.run.TrainingFailedException;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.SettingGroup;
import org.shardmean.settings.TrainSettings;
import org.shardmean.spark.Cluster;

/** {@code train}: the main job. */
final class TrainJob implements SparkJob {
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
  public void run(JavaSparkContext spark, GivenSettings given) {
    ZonedDateTime began = ZonedDateTime.now(ZoneId.systemDefault());
    EpochConsole console = EpochConsole.onStandardOutput(System.getenv());
    Configuration hadoop = spark.hadoopConfiguration();
    Dataset dataset = new DataLoading(hadoop, System.getenv(), System.err).load(given);
    dataset.notices().forEach(console::notice);
    Cluster cluster = Cluster.of(spark, console);
    Training training = Training.of(dataset).settings(given).listener(console);
    console.resolved(training.resolve(cluster.slots()));
    RunDirectory directory = directory(given, hadoop, began);

    RunResult result = training.run(spark, cluster);
    result.saveTo(directory);
    console.finished(result.record(), directory);
    result.problem().ifPresent(TrainJob::fail);
  }

  private static RunDirectory directory(
      GivenSettings given, Configuration hadoop, ZonedDateTime began) {
    return given
        .find(TrainSettings.OUT)
        .map(out -> RunDirectory.create(hadoop, out, given.isOn(TrainSettings.OVERWRITE)))
        .orElseGet(
            () -> RunDirectory.createNamed(hadoop, "runs", began, given.get(TrainSettings.NAME)));
  }

  private static void fail(String problem) {
    throw new TrainingFailedException(problem);
  }
}
