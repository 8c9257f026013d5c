package org.shardmean.rivals;

import java.util.Arrays;
import org.shardmean.metrics.ConfusionMatrix;

/** Counts answers. */
final class Confusions {
  private final long[][] counts;

  Confusions(int classes) {
    counts = new long[classes][classes];
  }

  void add(int actual, int predicted) {
    counts[actual][predicted]++;
  }

  ConfusionMatrix matrix() {
    return new ConfusionMatrix(counts);
  }

  @Override
  public String toString() {
    return Arrays.deepToString(counts);
  }
}
