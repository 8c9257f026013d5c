package org.shardmean.metrics;

/** Which class has the highest probability. */
final class Likeliest {
  private Likeliest() {}

  /** The first of equals. */
  static int of(float[] probabilities) {
    int best = 0;
    for (int c = 1; c < probabilities.length; c++) {
      if (probabilities[c] > probabilities[best]) {
        best = c;
      }
    }
    return best;
  }
}
