package org.shardmean.run;

import java.util.List;

/**
 * Decides which epoch's state a run keeps, and when it stops early. Without patience it keeps the
 * last epoch's; with patience the best one's by {@link org.shardmean.metrics.Score#merit}, the
 * first of equals.
 */
public final class EarlyStopping {
  private final int patience;
  private double best = Double.NEGATIVE_INFINITY;
  private int epochs;
  private int keptEpoch;

  /**
   * @param patience epochs without a better validation before training should stop; 0 never stops
   *     it
   */
  public EarlyStopping(int patience) {
    this.patience = patience;
  }

  /** As it stands after the epochs that have ended, in order. */
  public static EarlyStopping after(int patience, List<EpochRecord> epochs) {
    EarlyStopping stopping = new EarlyStopping(patience);
    epochs.forEach(epoch -> stopping.epochEnded(epoch.validation().merit()));
    return stopping;
  }

  /**
   * Counts the next epoch, which may change every answer of this object.
   *
   * @param merit the epoch's {@link org.shardmean.metrics.Score#merit}
   */
  public void epochEnded(double merit) {
    epochs++;
    if (merit > best || patience == 0) {
      best = merit;
      keptEpoch = epochs;
    }
  }

  /** The epoch whose state is to be kept, from 1; 0 when none has ended. */
  public int keptEpoch() {
    return keptEpoch;
  }

  /** Whether that is the last epoch that ended. */
  public boolean keepsLastEpoch() {
    return keptEpoch == epochs;
  }

  /** Whether patience has run out. */
  public boolean isDue() {
    return patience > 0 && epochs - keptEpoch >= patience;
  }
}
