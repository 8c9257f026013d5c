package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.shardmean.experiment.statistics.Round;
import org.shardmean.experiment.statistics.RoundTimeModel;
import org.shardmean.experiment.statistics.Spread;
import org.shardmean.experiment.statistics.TimeToAccuracy;
import org.shardmean.report.SavedResult;
import org.shardmean.run.RunStatus;
import org.shardmean.run.TimeSplit;

/**
 * What a point of a grid came to.
 *
 * @param point which one
 * @param problem why it failed or diverged; empty when it did neither
 * @param cores task slots it had
 * @param trainExamples images of an epoch
 * @param accuracies on the validation images after each epoch; those before it diverged
 * @param epochSeconds of each epoch, training and evaluation
 * @param trainSeconds of each epoch, training only
 * @param time an epoch's, on the mean
 * @param bytesPerRound of state, out and back, of all workers
 * @param parametersSha256 of the final parameters, in hex: runs with the same fingerprint have the
 *     same; empty for a point that failed
 * @param fingerprint all that these figures depend on
 * @param validationExamples images that each accuracy is a share of
 * @param ending how it ended
 * @param learning how it learned; {@link LearningCurve#NONE} in records of earlier versions
 */
public record PointRecord(
    GridPoint point,
    String problem,
    int cores,
    int trainExamples,
    List<Double> accuracies,
    List<Double> epochSeconds,
    List<Double> trainSeconds,
    TimeSplit time,
    double bytesPerRound,
    String parametersSha256,
    Fingerprint fingerprint,
    int validationExamples,
    Ending ending,
    LearningCurve learning) {
  /** How a point ended. */
  public enum Ending {
    DONE,
    /** Its loss became NaN or exploded: what its settings lead to, rather than a fault. */
    DIVERGED,
    FAILED
  }

  private static final double LEAST_SECONDS = 1e-9;
  private static final double MOST_SECONDS = 1e9;

  public PointRecord {
    requireNonNull(point, "point");
    requireNonNull(problem, "problem");
    accuracies = List.copyOf(accuracies);
    epochSeconds = List.copyOf(epochSeconds);
    trainSeconds = List.copyOf(trainSeconds);
    requireNonNull(time, "time");
    requireNonNull(parametersSha256, "parametersSha256");
    requireNonNull(fingerprint, "fingerprint");
    ending = ending == null ? endingBy(problem) : ending; // Not in records of earlier versions.
    learning = learning == null ? LearningCurve.NONE : learning;
    if ((ending == Ending.DONE) != problem.isEmpty()) {
      throw new IllegalArgumentException(
          "a point that is done must have no problem, and any other one, found %s and '%s'"
              .formatted(ending, problem));
    }
    if (problem.isEmpty()) {
      point.setup().requireRunnable();
      requireCounts(cores, trainExamples, validationExamples);
      requireEach(accuracies, accuracies.size(), "accuracies", 0, 1);
      requireEach(epochSeconds, accuracies.size(), "seconds", LEAST_SECONDS, MOST_SECONDS);
      requireEach(
          trainSeconds, accuracies.size(), "seconds of training", LEAST_SECONDS, MOST_SECONDS);
      requireWithin(time.total(), "seconds of the mean epoch", -MOST_SECONDS, MOST_SECONDS);
      requireWithin(bytesPerRound, "bytes of a round", 0, Long.MAX_VALUE);
    }
  }

  /** A point that is done, or that failed for its problem, of whose learning nothing is known. */
  public PointRecord(
      GridPoint point,
      String problem,
      int cores,
      int trainExamples,
      List<Double> accuracies,
      List<Double> epochSeconds,
      List<Double> trainSeconds,
      TimeSplit time,
      double bytesPerRound,
      String parametersSha256,
      Fingerprint fingerprint,
      int validationExamples) {
    this(
        point,
        problem,
        cores,
        trainExamples,
        accuracies,
        epochSeconds,
        trainSeconds,
        time,
        bytesPerRound,
        parametersSha256,
        fingerprint,
        validationExamples,
        endingBy(problem),
        LearningCurve.NONE);
  }

  private static Ending endingBy(String problem) {
    return problem.isEmpty() ? Ending.DONE : Ending.FAILED;
  }

  private static void requireCounts(int cores, int trainExamples, int validationExamples) {
    if (cores < 1 || trainExamples < 1 || validationExamples < 1) {
      throw new IllegalArgumentException(
          "a point that ran must have cores, training and validation images, found %d, %d and %d"
              .formatted(cores, trainExamples, validationExamples));
    }
  }

  private static void requireEach(
      List<Double> values, int epochs, String what, double least, double most) {
    if (values.isEmpty() || values.size() != epochs) {
      throw new IllegalArgumentException(
          "a point that ran must have the %s of each of its %d epochs, found %d"
              .formatted(what, epochs, values.size()));
    }
    values.forEach(value -> requireWithin(value, what, least, most));
  }

  private static void requireWithin(double value, String what, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "the %s of a point that ran must be from %s to %s, found %s"
              .formatted(what, least, most, value));
    }
  }

  /** A point whose run failed. */
  public static PointRecord failed(GridPoint point, String problem, Fingerprint fingerprint) {
    return new PointRecord(
        point,
        problem,
        0,
        0,
        List.of(),
        List.of(),
        List.of(),
        TimeSplit.ZERO,
        0,
        "",
        fingerprint,
        0);
  }

  /**
   * From the point's {@code result.json}.
   *
   * @throws IllegalArgumentException if it says that it ended well, but has figures that no such
   *     run can have
   */
  public static PointRecord of(GridPoint point, SavedResult saved, Fingerprint fingerprint) {
    boolean ended =
        saved.status() == RunStatus.COMPLETED || saved.status() == RunStatus.STOPPED_EARLY;
    List<SavedResult.Epoch> epochs = saved.epochs();
    if (saved.status() == RunStatus.DIVERGED) {
      return diverged(point, saved, fingerprint);
    }
    if (!ended || epochs.isEmpty()) {
      return failed(point, "the run " + (ended ? "has no epoch" : "failed"), fingerprint);
    }
    int rounds = epochs.stream().mapToInt(SavedResult.Epoch::rounds).sum();
    double bytes = epochs.stream().mapToDouble(SavedResult.Epoch::bytes).sum();
    TimeSplit sum =
        epochs.stream().map(SavedResult.Epoch::time).reduce(TimeSplit.ZERO, TimeSplit::plus);
    double n = epochs.size();
    return new PointRecord(
        point,
        "",
        saved.environment().cores(),
        saved.data().trainExamples(),
        epochs.stream().map(SavedResult.Epoch::validationAccuracy).toList(),
        epochs.stream().map(epoch -> epoch.time().total()).toList(),
        epochs.stream().map(epoch -> epoch.time().total() - epoch.time().evaluation()).toList(),
        new TimeSplit(sum.compute() / n, sum.waiting() / n, sum.sync() / n, sum.evaluation() / n),
        bytes / rounds,
        saved.parametersSha256(),
        fingerprint,
        saved.data().validationExamples(),
        Ending.DONE,
        LearningCurve.of(epochs));
  }

  private static PointRecord diverged(GridPoint point, SavedResult saved, Fingerprint fingerprint) {
    List<SavedResult.Epoch> epochs = saved.epochs();
    return new PointRecord(
        point,
        "the run diverged in epoch " + (epochs.size() + 1),
        saved.environment().cores(),
        saved.data().trainExamples(),
        epochs.stream().map(SavedResult.Epoch::validationAccuracy).toList(),
        List.of(),
        List.of(),
        TimeSplit.ZERO,
        0,
        "",
        fingerprint,
        saved.data().validationExamples(),
        Ending.DIVERGED,
        LearningCurve.of(epochs));
  }

  public boolean isDone() {
    return ending == Ending.DONE;
  }

  public boolean isDiverged() {
    return ending == Ending.DIVERGED;
  }

  /** Of training, the median over the epochs: a pause in one of them does not tell. */
  public double secondsPerEpoch() {
    return Spread.of(trainSeconds.stream().mapToDouble(Double::doubleValue).toArray()).median();
  }

  /**
   * Of training, the least over the epochs: other people's load only ever adds, so this is what the
   * run takes by itself (Chen and Revels, "Robust Benchmarking in Noisy Environments", 2016).
   */
  public double fastestEpochSeconds() {
    return Spread.of(trainSeconds.stream().mapToDouble(Double::doubleValue).toArray()).least();
  }

  /** Training images a second. */
  public double imagesPerSecond() {
    return trainExamples / secondsPerEpoch();
  }

  /** Of the whole run, evaluations among them. */
  public double totalSeconds() {
    return epochSeconds.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Of the whole run, evaluations among them, for each time that it trained on an image. */
  public double secondsPerImage() {
    return totalSeconds() / trainExamples / epochSeconds.size();
  }

  /** After the last epoch. */
  public double finalAccuracy() {
    return accuracies.get(accuracies.size() - 1);
  }

  /** After the best epoch. */
  public double bestAccuracy() {
    return accuracies.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /** Of training, over all epochs. */
  public double totalTrainSeconds() {
    return trainSeconds.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Of state that went to the workers and came back, in all rounds of the run. */
  public double totalBytes() {
    return bytesPerRound * point.setup().roundsPerEpoch() * accuracies.size();
  }

  /** The price of the run when each core costs {@code perCoreHour}. */
  public double cost(double perCoreHour) {
    return totalSeconds() * cores * perCoreHour / 3600;
  }

  /** How far it was to an accuracy; never for a point that failed or diverged. */
  public TimeToAccuracy.Run runTo(double accuracy) {
    double seconds = 0;
    for (int e = 0; e < epochSeconds.size(); e++) {
      seconds += epochSeconds.get(e);
      if (accuracies.get(e) >= accuracy) {
        return new TimeToAccuracy.Run(e + 1, seconds);
      }
    }
    return TimeToAccuracy.Run.NEVER;
  }

  /** Its rounds in its fastest epoch, for the model of the cluster. */
  public RoundTimeModel.Run round() {
    GridPoint.Setup setup = point.setup();
    double images = (double) trainExamples / setup.workers() / setup.roundsPerEpoch();
    return new RoundTimeModel.Run(
        new Round(images, setup.workers(), cores, bytesPerRound),
        fastestEpochSeconds() / setup.roundsPerEpoch());
  }
}
