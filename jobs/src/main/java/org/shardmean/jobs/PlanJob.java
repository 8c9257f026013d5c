package org.shardmean.jobs;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.Training;
import org.shardmean.data.Dataset;
import org.shardmean.experiment.Advice;
import org.shardmean.experiment.Calibration;
import org.shardmean.experiment.Calibrator;
import org.shardmean.run.RunConfig;
import org.shardmean.run.Sentence;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.SettingGroup;
import org.shardmean.settings.TrainSettings;
import org.shardmean.spark.Cluster;
import org.shardmean.spark.TrainingRun;

/** {@code plan}: calibrates this cluster in a few seconds and says what to run on it. */
final class PlanJob implements Job {
  private static final List<Integer> BATCH_SIZES = List.of(16, 32, 64, 128, 256);

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public String summary() {
    return "Measures this cluster for a few seconds and says what workers, rounds and batch to use.";
  }

  @Override
  public List<SettingGroup> settings() {
    return Stream.concat(
            TrainSettings.GROUPS.stream().filter(group -> !group.equals(TrainSettings.RUN_FOLDER)),
            Stream.of(GeneralSettings.GENERAL))
        .toList();
  }

  @Override
  public List<String> examples() {
    return List.of("", "--data generated:1000000", "--layers 784-1000-10 --engine dl4j");
  }

  @Override
  public void run(GivenSettings given) {
    try (JavaSparkContext spark = SparkJob.open("plan", given)) {
      Dataset dataset =
          new DataLoading(spark.hadoopConfiguration(), System.getenv(), System.err).load(given);
      Cluster cluster = Cluster.of(spark);
      RunConfig config = Training.of(dataset).settings(given).resolve(cluster.slots()).config();
      TreeSet<Integer> batchSizes = new TreeSet<>(BATCH_SIZES);
      batchSizes.add(config.local().batchSize());
      Calibration measured =
          new Calibrator(
                  spark,
                  cluster.cores(),
                  config.model(),
                  config.local(),
                  Calibrator.Effort.THOROUGH)
              .measure(List.copyOf(batchSizes));
      lines(measured, TrainingRun.Parts.of(dataset, config).shape().trainExamples())
          .forEach(System.out::println);
    }
  }

  static List<String> lines(Calibration measured, int images) {
    StringBuilder steps = new StringBuilder("A step:");
    measured
        .imageSecondsByBatch()
        .forEach(
            (batch, seconds) ->
                steps.append(Sentence.of(" %.3f ms at batch %d,", seconds * batch * 1e3, batch)));
    steps.setCharAt(steps.length() - 1, '.');
    Advice alone = Advice.of(measured, images, 1);
    Advice all = Advice.of(measured, images, measured.cores());
    return List.of(
        steps.toString(),
        Sentence.of(
            "A round: %.1f ms for Spark's job, %.2f ms a worker for %,d bytes of state there and back, %.2f ms a worker for the mean.",
            measured.emptyJobSeconds() * 1e3,
            measured.wireSecondsPerWorker() * 1e3,
            measured.stateBytes(),
            measured.meanSecondsPerWorker() * 1e3),
        Sentence.of(
            "An epoch of %,d images: one worker %.2f s; %d workers with %d rounds %.2f s.",
            images, alone.epochSeconds(), all.workers(), all.roundsPerEpoch(), all.epochSeconds()),
        Advice.of(measured, images).sentence());
  }
}
