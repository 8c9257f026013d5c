package org.shardmean.metrics;

import java.io.Serializable;

/**
 * Scores of one class.
 *
 * @param label the class
 * @param precision of the examples that were predicted as this class, the share that is of it; 0
 *     when there are none
 * @param recall of the examples of this class, the share that was predicted as it; 0 when there are
 *     none
 * @param f1 the harmonic mean of precision and recall; 0 when both are 0
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
