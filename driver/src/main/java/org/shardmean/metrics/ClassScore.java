package org.shardmean.metrics;

import java.io.Serializable;

/**
 * How one class fares.
 *
 * @param label the class
 * @param precision of those predicted to be of the class, the share that is; 0 when none was
 * @param recall of those of the class, the share found; 0 when there is none
 * @param f1 the harmonic mean of both; 0 when both are
 * @param support examples of the class
 */
public record ClassScore(int label, double precision, double recall, double f1, long support)
    implements Serializable {

  /** From the counts of examples that are both, that are predicted, and that are of the class. */
  public static ClassScore of(int label, long both, long predicted, long actual) {
    double precision = predicted == 0 ? 0 : (double) both / predicted;
    double recall = actual == 0 ? 0 : (double) both / actual;
    double f1 = both == 0 ? 0 : 2 * precision * recall / (precision + recall);
    return new ClassScore(label, precision, recall, f1, actual);
  }
}
