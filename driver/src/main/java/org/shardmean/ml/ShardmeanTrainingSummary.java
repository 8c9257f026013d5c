package org.shardmean.ml;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.shardmean.RunResult;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.TimeSplit;

/** How a training went. It is on the driver alone, and not saved with the model. */
public final class ShardmeanTrainingSummary {
  private final RunResult result;
  private final boolean hasValidation;
  private final long skippedRows;

  ShardmeanTrainingSummary(RunResult result, boolean hasValidation, long skippedRows) {
    this.result = requireNonNull(result, "result");
    this.hasValidation = hasValidation;
    this.skippedRows = skippedRows;
  }

  /** A model's, which a model that was read does not have. */
  static ShardmeanTrainingSummary required(ShardmeanTrainingSummary summary) {
    if (summary == null) {
      throw new IllegalStateException(
          "expected the summary of a training, found none: it is not saved with a model; ask the model that fit returned");
    }
    return summary;
  }

  /** The mean loss of the training rows in each epoch; a new array. */
  public double[] objectiveHistory() {
    return ofEpochs(EpochRecord::trainingLoss);
  }

  /** How many epochs were trained. */
  public int totalIterations() {
    return result.epochs().size();
  }

  /** Whether rows were set aside to validate on. */
  public boolean hasValidation() {
    return hasValidation;
  }

  /**
   * The mean loss of the validation rows after each epoch; a new array.
   *
   * @throws IllegalStateException if no rows were set aside
   */
  public double[] validationLosses() {
    requireValidation();
    return ofEpochs(EpochRecord::validationLoss);
  }

  /**
   * The share of the validation rows classified correctly after each epoch, NaN where there are no
   * classes; a new array.
   *
   * @throws IllegalStateException if no rows were set aside
   */
  public double[] validationAccuracies() {
    requireValidation();
    return ofEpochs(EpochRecord::validationAccuracy);
  }

  /**
   * The validation rows by actual class and predicted class, with the parameters that were kept; a
   * new array, of no rows where there are no classes.
   *
   * @throws IllegalStateException if no rows were set aside
   */
  public long[][] confusionMatrix() {
    requireValidation();
    return result.record().kept().orElseThrow().validation().confusion().counts();
  }

  /** Where the time of each epoch went. */
  public List<TimeSplit> timeSplits() {
    return result.epochs().stream().map(EpochRecord::time).toList();
  }

  /** For every setting that was derived rather than set, a line {@code name = value: reason}. */
  public List<String> reasons() {
    return result.record().reasons();
  }

  /** What a reader of these figures must know first. */
  public List<String> notices() {
    return result.record().notices();
  }

  /** How many rows were left out because they have missing or invalid values. */
  public long skippedRows() {
    return skippedRows;
  }

  /** All figures; {@link RunResult#saveTo} writes them with a report. */
  public RunResult result() {
    return result;
  }

  private double[] ofEpochs(ToDoubleFunction<EpochRecord> figure) {
    return result.epochs().stream().mapToDouble(figure).toArray();
  }

  private void requireValidation() {
    if (!hasValidation) {
      throw new IllegalStateException(
          "expected rows to validate on, found none; set validationIndicatorCol, or settings to validation=0.1");
    }
  }
}
