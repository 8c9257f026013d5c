package org.shardmean.metrics;

/** Which class has the highest probability. */
public final class Likeliest {
  private Likeliest() {}

  /**
   * The first of equals, from 0.
   *
   * @param probabilities those of one example among others
   * @param from where the example's begin
   * @param classes how many it has
   */
  public static int of(float[] probabilities, int from, int classes) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (probabilities[from + c] > probabilities[from + best]) {
        best = c;
      }
    }
    return best;
  }
}
