package org.shardmean.experiment;

import java.util.List;
import org.shardmean.report.SavedResult;
import org.shardmean.run.FitDiagnosis;

/**
 * How a run learned: figures after each of its epochs, in order, equally many of each. A number is
 * not finite where a run diverged.
 *
 * @param trainAccuracies while training, 0 to 1
 * @param trainLosses while training
 * @param validationLosses on the validation images
 */
public record LearningCurve(
    List<Double> trainAccuracies, List<Double> trainLosses, List<Double> validationLosses) {
  /** Of a run of which nothing is known but its accuracies. */
  public static final LearningCurve NONE = new LearningCurve(List.of(), List.of(), List.of());

  public LearningCurve {
    trainAccuracies = List.copyOf(trainAccuracies);
    trainLosses = List.copyOf(trainLosses);
    validationLosses = List.copyOf(validationLosses);
    int epochs = trainAccuracies.size();
    if (trainLosses.size() != epochs || validationLosses.size() != epochs) {
      throw new IllegalArgumentException(
          "a learning curve must have as many losses as accuracies, %d, found %d and %d"
              .formatted(epochs, trainLosses.size(), validationLosses.size()));
    }
  }

  static LearningCurve of(List<SavedResult.Epoch> epochs) {
    return new LearningCurve(
        epochs.stream().map(SavedResult.Epoch::trainAccuracy).toList(),
        epochs.stream().map(SavedResult.Epoch::trainLoss).toList(),
        epochs.stream().map(SavedResult.Epoch::validationLoss).toList());
  }

  boolean isKnown() {
    return !trainAccuracies.isEmpty();
  }

  /** Whether the run under- or overfits. */
  FitDiagnosis fit() {
    return FitDiagnosis.of(trainLosses, validationLosses);
  }
}
