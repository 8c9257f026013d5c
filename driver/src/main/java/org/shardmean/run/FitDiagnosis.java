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

  /** Below this share of the validation loss, the network has memorized training images. */
  private static final double BY_HEART = 0.5;

  /** What there is to say of a run. */
  public enum Kind {
    /** One epoch, or none, tells nothing. */
    TOO_EARLY,
    /** A loss is no longer a number. */
    DIVERGED,
    /** The training loss kept falling while the validation loss rose by more than 2%. */
    OVERFITTING,
    /** The validation loss has not turned, but the training loss is below half of it. */
    TENDING_TO_OVERFIT,
    /** Both losses were still falling by 5% or more when training ended. */
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
    int lowest = lowest(epochs);
    if (epochs.size() < 2) {
      return new FitDiagnosis(Kind.TOO_EARLY, lowest);
    }
    EpochRecord last = epochs.get(epochs.size() - 1);
    if (!Double.isFinite(last.training().loss()) || !Double.isFinite(last.validation().loss())) {
      return new FitDiagnosis(Kind.DIVERGED, lowest);
    }
    if (isOverfitting(epochs, last)) {
      return new FitDiagnosis(Kind.OVERFITTING, lowest);
    }
    if (last.training().loss() < last.validation().loss() * BY_HEART) {
      return new FitDiagnosis(Kind.TENDING_TO_OVERFIT, lowest);
    }
    EpochRecord before = epochs.get(epochs.size() - 2);
    boolean stillFalling =
        isFalling(before.training().loss(), last.training().loss())
            && isFalling(before.validation().loss(), last.validation().loss());
    return new FitDiagnosis(stillFalling ? Kind.UNDERFITTING : Kind.NEITHER, lowest);
  }

  private static boolean isOverfitting(List<EpochRecord> epochs, EpochRecord last) {
    EpochRecord lowest = byValidationLoss(epochs);
    return last.validation().loss() > lowest.validation().loss() * (1 + TURNED)
        && last.training().loss() < lowest.training().loss();
  }

  private static boolean isFalling(double before, double after) {
    return after <= before * (1 - STILL_FALLING);
  }

  private static int lowest(List<EpochRecord> epochs) {
    return epochs.stream().anyMatch(epoch -> Double.isFinite(epoch.validation().loss()))
        ? byValidationLoss(epochs).epoch()
        : 0;
  }

  /** The first epoch with the lowest validation loss; NaN counts as higher than any. */
  private static EpochRecord byValidationLoss(List<EpochRecord> epochs) {
    return epochs.stream()
        .min(Comparator.comparingDouble(epoch -> epoch.validation().loss()))
        .orElseThrow();
  }
}
