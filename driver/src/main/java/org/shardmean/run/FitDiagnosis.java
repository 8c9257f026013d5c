package org.shardmean.run;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;

/**
 * Whether a run under- or overfits, told from its losses (Goodfellow, Bengio and Courville, "Deep
 * Learning", 2016, section 5.2 and figure 7.3).
 *
 * @param kind the finding
 * @param lowest the epoch with the lowest validation loss; 0 when no epoch's is finite
 */
public record FitDiagnosis(Kind kind, int lowest) {
  /** The validation loss has turned when it stands this share above its lowest. */
  private static final double TURNED = 0.02;

  /** A loss is still falling when the last epoch took at least this share off it. */
  private static final double STILL_FALLING = 0.05;

  /** A loss this small has nothing left to fall. */
  private static final double NO_LOSS = 1e-4;

  /** Below this share of the validation loss, the network has memorized training images. */
  private static final double BY_HEART = 0.5;

  /** What there is to say of a run. */
  public enum Kind {
    /** One epoch, or none, tells nothing. */
    TOO_EARLY,
    /** A loss is no longer a number. */
    DIVERGED,
    /**
     * The training loss fell further while the validation loss rose by more than 2%, and ended
     * below the validation loss: without such a gap a rise is the chance of a few examples.
     */
    OVERFITTING,
    /** The validation loss has not turned, but the training loss is below half of it. */
    TENDING_TO_OVERFIT,
    /**
     * Both losses were still falling by 5% or more when training ended, and there was something
     * left to learn.
     */
    UNDERFITTING,
    /** Both losses have levelled off together. */
    NEITHER
  }

  public FitDiagnosis {
    requireNonNull(kind, "kind");
  }

  /**
   * Finds what the epochs' losses tell.
   *
   * @param epochs in order
   */
  public static FitDiagnosis of(List<EpochRecord> epochs) {
    FitDiagnosis byLosses =
        of(
            epochs.stream().map(epoch -> epoch.training().loss()).toList(),
            epochs.stream().map(epoch -> epoch.validation().loss()).toList());
    return byLosses.kind() == Kind.UNDERFITTING && isAllRight(epochs.get(epochs.size() - 1))
        ? new FitDiagnosis(Kind.NEITHER, byLosses.lowest())
        : byLosses;
  }

  /**
   * As {@link #of(List)}, from the losses alone.
   *
   * @param training after each epoch, in order
   * @param validation likewise, equally many
   */
  public static FitDiagnosis of(List<Double> training, List<Double> validation) {
    int lowest = lowest(validation);
    int last = validation.size() - 1;
    if (last < 1) {
      return new FitDiagnosis(Kind.TOO_EARLY, lowest);
    }
    if (!Double.isFinite(training.get(last)) || !Double.isFinite(validation.get(last))) {
      return new FitDiagnosis(Kind.DIVERGED, lowest);
    }
    if (validation.get(last) > validation.get(lowest - 1) * (1 + TURNED)
        && training.get(last) < training.get(lowest - 1)
        && training.get(last) < validation.get(last)) {
      return new FitDiagnosis(Kind.OVERFITTING, lowest);
    }
    if (training.get(last) < validation.get(last) * BY_HEART) {
      return new FitDiagnosis(Kind.TENDING_TO_OVERFIT, lowest);
    }
    boolean stillFalling =
        isFalling(training, last) && isFalling(validation, last) && validation.get(last) > NO_LOSS;
    return new FitDiagnosis(stillFalling ? Kind.UNDERFITTING : Kind.NEITHER, lowest);
  }

  private static boolean isAllRight(EpochRecord epoch) {
    return epoch.validation().isOfClasses() && epoch.validation().accuracy() == 1;
  }

  private static boolean isFalling(List<Double> losses, int last) {
    return losses.get(last) <= losses.get(last - 1) * (1 - STILL_FALLING);
  }

  /** The first epoch with the lowest loss; 0 when no loss is finite. */
  private static int lowest(List<Double> losses) {
    return losses.stream()
            .filter(Double::isFinite)
            .min(Comparator.naturalOrder())
            .map(losses::indexOf)
            .orElse(-1)
        + 1;
  }
}
