package org.shardmean.settings;

import java.util.ArrayList;
import java.util.List;
import org.shardmean.average.MomentPolicy;
import org.shardmean.average.SumPlace;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunDirectory;

/** Whether a configuration can be trained on the data: what no setting can check by itself. */
public final class Feasibility {
  private Feasibility() {}

  /**
   * What does not fit.
   *
   * @param setting the one to change
   * @param what expected, found, remedy
   */
  public record Problem(Setting<?> setting, String what) {}

  /**
   * Checks a configuration.
   *
   * @throws ConfigurationException with everything that does not fit
   */
  public static void require(RunConfig config, DataShape data) {
    List<String> problems =
        problems(config, data).stream()
            .map(problem -> problem.setting().option() + ": " + problem.what())
            .toList();
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  /** Everything that does not fit, in the order of help; empty when all does. */
  public static List<Problem> problems(RunConfig config, DataShape data) {
    List<Problem> problems = new ArrayList<>();
    checkLayers(config, data, problems);
    checkWorkers(config, data, problems);
    checkBatchAndRounds(config, data, problems);
    checkPlace(config, problems);
    checkRecord(config, problems);
    return problems;
  }

  private static void checkPlace(RunConfig config, List<Problem> problems) {
    if (config.averaging().place() == SumPlace.SLICED
        && config.averaging().moments() == MomentPolicy.KEPT) {
      problems.add(
          new Problem(
              TrainSettings.AVERAGING_PLACE,
              "expected auto or driver with --moments kept, since every worker's own moments come to the driver, found sliced; give one of them, or other moments"));
    }
  }

  private static void checkRecord(RunConfig config, List<Problem> problems) {
    long rounds = (long) config.epochs() * config.averaging().roundsPerEpoch();
    if (rounds > RunDirectory.MOST_ROUNDS) {
      problems.add(
          new Problem(
              TrainSettings.ROUNDS_PER_EPOCH,
              "expected at most %,d rounds in all epochs together, each of which is recorded, found %,d; give fewer rounds or epochs"
                  .formatted(RunDirectory.MOST_ROUNDS, rounds)));
    }
  }

  private static void checkLayers(RunConfig config, DataShape data, List<Problem> problems) {
    String expected = "expected %d %s, found %d; leave --layers out to have it follow the data";
    if (config.model().inputs() != data.inputs()) {
      problems.add(
          new Problem(
              TrainSettings.LAYERS,
              expected.formatted(
                  data.inputs(), "inputs first, the pixels of an image", config.model().inputs())));
    }
    if (!config.model().isClassifier()) {
      checkTargets(config, data, problems);
    } else if (config.model().classes() != data.classes()) {
      problems.add(
          new Problem(
              TrainSettings.LAYERS,
              expected.formatted(
                      data.classes(),
                      "outputs last, the classes of the data",
                      config.model().classes())
                  + (config.model().classes() == data.inputs()
                      ? "; or give --task autoencoder, which gives images back"
                      : "")));
    }
  }

  /** Examples without targets are their own. */
  private static void checkTargets(RunConfig config, DataShape data, List<Problem> problems) {
    int expected = data.targets() > 0 ? data.targets() : data.inputs();
    if (config.model().outputs() != expected) {
      problems.add(
          new Problem(
              TrainSettings.LAYERS,
              "expected %d outputs last, as many as %s, found %d; give layers that end in as many"
                  .formatted(
                      expected,
                      data.targets() > 0 ? "targets" : "inputs",
                      config.model().outputs())));
    }
    if (config.local().labelSmoothing() > 0) {
      problems.add(
          new Problem(
              TrainSettings.LABEL_SMOOTHING,
              "expected 0 where there are no classes, found %s; leave it out"
                  .formatted(config.local().labelSmoothing())));
    }
  }

  private static void checkWorkers(RunConfig config, DataShape data, List<Problem> problems) {
    int workers = config.averaging().workers();
    if (workers > data.trainExamples()) {
      problems.add(
          new Problem(
              TrainSettings.WORKERS,
              "expected at most %d, the training images, found %d; give fewer workers or more images"
                  .formatted(data.trainExamples(), workers)));
    }
  }

  private static void checkBatchAndRounds(
      RunConfig config, DataShape data, List<Problem> problems) {
    int workers = config.averaging().workers();
    int batch = config.local().batchSize();
    int rounds = config.averaging().roundsPerEpoch();
    int smallestShard = Math.max(1, data.trainExamples() / workers);
    int batches = (smallestShard + batch - 1) / batch;
    if (batch > smallestShard) {
      problems.add(
          new Problem(
              TrainSettings.BATCH_SIZE,
              "expected at most %d, the images of %s, found %d; give a smaller batch or fewer workers"
                  .formatted(smallestShard, smallestOf(workers), batch)));
    }
    if (rounds > batches) {
      problems.add(
          new Problem(
              TrainSettings.ROUNDS_PER_EPOCH,
              "expected at most %d, the batches of %s, found %d; give fewer rounds, a smaller batch or fewer workers"
                  .formatted(batches, smallestOf(workers), rounds)));
    }
  }

  private static String smallestOf(int shards) {
    return shards == 1 ? "the only shard" : "the smallest of %d shards".formatted(shards);
  }
}
