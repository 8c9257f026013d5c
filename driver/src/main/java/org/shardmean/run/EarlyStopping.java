package org.shardmean.run;

/** Remembers the best validation accuracy and how long ago it was. */
public final class EarlyStopping {
  private final int patience;
  private double best = Double.NEGATIVE_INFINITY;
  private int epochsSince;

  /**
   * @param patience epochs without a better accuracy before training should stop; 0 never stops it
   */
  public EarlyStopping(int patience) {
    this.patience = patience;
  }

  /** Whether this epoch's accuracy is better than every earlier one's. */
  public boolean isBest(double accuracy) {
    if (accuracy > best) {
      best = accuracy;
      epochsSince = 0;
      return true;
    }
    epochsSince++;
    return false;
  }

  public boolean isOn() {
    return patience > 0;
  }

  /** Whether patience has run out. */
  public boolean isDue() {
    return isOn() && epochsSince >= patience;
  }
}
