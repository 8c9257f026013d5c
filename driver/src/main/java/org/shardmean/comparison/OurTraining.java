package org.shardmean.comparison;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.RunResult;
import org.shardmean.Training;
import org.shardmean.run.BuildInfo;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunListener;
import org.shardmean.settings.Setting;
import org.shardmean.settings.TrainSettings;
import org.shardmean.spark.Cluster;

/** Shardmean under the clock of a comparison: the training that {@code train} does. */
public final class OurTraining {
  /** What a reader wants to know of them; all are in the run's own report. */
  private static final List<Setting<?>> SHOWN =
      List.of(
          TrainSettings.HIDDEN_ACTIVATION,
          TrainSettings.WORKERS,
          TrainSettings.ROUNDS_PER_EPOCH,
          TrainSettings.BATCH_SIZE,
          TrainSettings.OPTIMIZER,
          TrainSettings.LEARNING_RATE,
          TrainSettings.SCHEDULE,
          TrainSettings.OUTER,
          TrainSettings.MOMENTS,
          TrainSettings.WIRE,
          TrainSettings.EPOCHS,
          TrainSettings.ENGINE);

  private final Training training;
  private final Course.Listener listener;

  /**
   * @param training what is to be trained; its own listener is replaced
   * @param listener hears of settings, preparation and epochs
   */
  public OurTraining(Training training, Course.Listener listener) {
    this.training = requireNonNull(training, "training");
    this.listener = requireNonNull(listener, "listener");
  }

  /**
   * What came of it.
   *
   * @param contender how it went
   * @param result the run, which can be saved
   */
  public record Finished(Contender contender, RunResult result) {
    /** The contender as the one that came once more, last. */
    public Contender again() {
      return contender.again();
    }
  }

  /**
   * Trains. The clock starts before the throw-away training that warms up, and before any image is
   * sent.
   */
  public Finished run(JavaSparkContext spark, Cluster cluster) {
    RunConfig config = training.resolve(cluster.slots()).config();
    CourseRecorder recorder = new CourseRecorder(listener);
    recorder.trainsWith(settings(config));
    RunResult result = training.listener(new Epochs(recorder)).run(spark, cluster);
    return new Finished(Contender.ours(recorder.close(), result.problem()), result);
  }

  private static Map<String, String> settings(RunConfig config) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("version", BuildInfo.read().toString());
    SHOWN.forEach(setting -> settings.put(setting.name(), setting.writtenIn(config)));
    return settings;
  }

  /** Epochs as milestones: all seconds since the start but those of evaluations. */
  private static final class Epochs implements RunListener {
    private final CourseRecorder recorder;
    private final TrainingClock clock = TrainingClock.start();
    private double evaluation;
    private Optional<Double> preparation = Optional.empty();

    Epochs(CourseRecorder recorder) {
      this.recorder = recorder;
    }

    @Override
    public void epochEnded(EpochRecord epoch) {
      double now = clock.seconds();
      if (preparation.isEmpty()) {
        preparation = Optional.of(Math.max(0, now - epoch.seconds()));
        recorder.prepared(preparation.get());
      }
      evaluation += epoch.time().evaluation();
      recorder.passed(
          new Milestone(
              "epoch " + epoch.epoch(), now - evaluation, epoch.validation().confusion()));
    }
  }
}
