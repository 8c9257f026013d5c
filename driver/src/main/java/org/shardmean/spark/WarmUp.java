package org.shardmean.spark;

import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.SelectedExamples;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunListener;
import org.shardmean.train.TrainingState;

/**
 * A training on a few images, whose outcome is thrown away, so that the real one begins on JVMs
 * that are warm: driver and executors have loaded the classes of a round, compiled its loops and
 * connected to one another. A cold round takes several times as long as a warm one, and in it every
 * worker waits. More rounds or steps than these gain little more.
 *
 * <p>It has the real training's network and settings, so that the executors' engines serve both.
 * Nothing of it is kept but those engines, and no result depends on an engine's past.
 */
final class WarmUp {
  private static final int ROUNDS = 2;

  /** Local steps of a task in a round. */
  private static final int STEPS = 8;

  private WarmUp() {}

  /**
   * Trains and forgets.
   *
   * @param start of the real training, which is not changed
   */
  static void run(
      JavaSparkContext spark,
      RunConfig config,
      Cluster cluster,
      ExampleSource training,
      TrainingState start) {
    RunConfig few =
        config
            .withEpochs(1)
            .withAveraging(
                config
                    .averaging()
                    .withRoundsPerEpoch(Math.min(ROUNDS, config.averaging().roundsPerEpoch())));
    ExampleSource images = first(imagesFor(few, cluster), training);
    spark.setJobGroup("warm-up", "warm-up", false);
    try (Evaluation evaluation =
        new Evaluation(spark, few.model(), few.local().engine(), images, cluster.cores())) {
      new AveragingLoop(spark, few, cluster, RunListener.NONE).run(images, evaluation, start);
    } finally {
      spark.clearJobGroup();
    }
  }

  /** So many that each task has some local steps, and each worker at least one, in every round. */
  private static long imagesFor(RunConfig config, Cluster cluster) {
    int workers = config.averaging().workers();
    long steps = Math.max(1, (long) STEPS * cluster.cores() / workers);
    return steps * workers * config.averaging().roundsPerEpoch() * config.local().batchSize();
  }

  /** A view: what executors make or read themselves never passes the driver. */
  private static ExampleSource first(long most, ExampleSource examples) {
    int count = (int) Math.min(most, examples.count());
    return new SelectedExamples(examples, IntStream.range(0, count).toArray());
  }
}
