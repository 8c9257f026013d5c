package org.shardmean.jobs;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.data.Dataset;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.DataShape;
import org.shardmean.run.RunDirectory;
import org.shardmean.run.TrainingFailedException;
import org.shardmean.spark.Cluster;
import org.shardmean.spark.TrainingRun;

/** {@code train}: the main job. */
final class TrainJob implements Job {
  private static final int SAMPLES = 40;

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
    return TrainOptions.GROUPS;
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
  public void run(GivenSettings given) throws Exception {
    ZonedDateTime began = ZonedDateTime.now(ZoneId.systemDefault());
    TrainOptions options = new TrainOptions(given);
    EpochConsole console = EpochConsole.onStandardOutput(System.getenv());
    try (JavaSparkContext spark =
        new JavaSparkContext(TrainingContext.conf("shardmean train " + options.name()))) {
      Configuration hadoop = spark.hadoopConfiguration();
      DataLoading.Loaded loaded =
          new DataLoading(hadoop, System.getenv(), System.err)
              .load(options.data(), options.mnistPath(), options.seed());
      loaded.notice().ifPresent(console::notice);
      Cluster cluster = Cluster.of(spark);
      DataShape shape = shape(loaded.dataset(), options);
      ResolvedRun resolved = options.resolve(loaded.option(), shape, cluster.cores());
      RunDirectory directory = options.directory(hadoop, began);

      TrainingRun.Finished finished =
          new TrainingRun(spark, cluster, console)
              .run(
                  loaded.dataset(),
                  resolved.config(),
                  new TrainingRun.Circumstances(
                      resolved.reasons(),
                      loaded.notice().stream().toList(),
                      RunEnvironment.of(spark, cluster),
                      ReproducingCommand.of(resolved.config())));

      RunFiles.write(directory, finished, TrainingRun.samples(loaded.dataset().train(), SAMPLES));
      console.finished(finished.result(), directory);
      finished.problem().ifPresent(TrainJob::fail);
    }
  }

  /** What is left to train on when the validation part is held out. */
  static DataShape shape(Dataset dataset, TrainOptions options) {
    try {
      TrainingRun.Parts parts =
          TrainingRun.Parts.of(dataset, options.validation().heldOut(), options.seed());
      return new DataShape(
          parts.training().count(),
          dataset.train().height() * dataset.train().width(),
          dataset.train().classes());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("--validation: " + e.getMessage());
    }
  }

  private static void fail(String problem) {
    throw new TrainingFailedException(problem);
  }
}
