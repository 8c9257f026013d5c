package org.shardmean.run;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.shardmean.metrics.Score;
import org.shardmean.metrics.TrainingScore;

/**
 * What one epoch did.
 *
 * @param epoch from 1
 * @param training what the workers saw while training
 * @param validation every validation example, scored once after the epoch
 * @param time where the epoch's time went
 * @param rounds its rounds, in order
 */
public record EpochRecord(
    int epoch, TrainingScore training, Score validation, TimeSplit time, List<RoundRecord> rounds) {
  public EpochRecord {
    requireNonNull(training, "training");
    requireNonNull(validation, "validation");
    requireNonNull(time, "time");
    rounds = List.copyOf(rounds);
  }

  /** The share of the validation examples that were classified correctly, 0 to 1. */
  public double validationAccuracy() {
    return validation.accuracy();
  }

  /** The mean loss of the training examples, each just before the step that uses it. */
  public double trainingLoss() {
    return training.loss();
  }

  /** The mean loss of the validation examples. */
  public double validationLoss() {
    return validation.loss();
  }

  /** Wall-clock seconds, training and evaluation. */
  public double seconds() {
    return time.total();
  }

  /** Wall-clock seconds of training: all but the evaluation. */
  public double trainSeconds() {
    return time.total() - time.evaluation();
  }

  /** Training examples a second of training. */
  public double imagesPerSecond() {
    return training.examples() / trainSeconds();
  }
}
