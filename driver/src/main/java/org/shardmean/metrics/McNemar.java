package org.shardmean.metrics;

import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * Whether two networks differ in accuracy, judged on the same examples: McNemar's test ("Note on
 * the Sampling Error of the Difference Between Correlated Proportions or Percentages",
 * Psychometrika 12, 1947), in its exact form. Only the examples count that one network classifies
 * correctly and the other does not. If both were equally good, each such example would be one
 * network's or the other's like the sides of a coin.
 *
 * @param both examples that both classify correctly
 * @param firstOnly examples that the first alone classifies correctly
 * @param secondOnly examples that the second alone classifies correctly
 * @param neither examples that none of them classifies correctly
 */
public record McNemar(long both, long firstOnly, long secondOnly, long neither) {
  /**
   * Counts the examples.
   *
   * @throws IllegalArgumentException if the answers are not to the same examples
   */
  public static McNemar of(Answers first, Answers second) {
    if (!first.isOfTheSameExamples(second)) {
      throw new IllegalArgumentException("expected answers to the same examples, found others");
    }
    long[] counts = new long[4];
    for (int i = 0; i < first.count(); i++) {
      counts[(first.isCorrect(i) ? 0 : 2) + (second.isCorrect(i) ? 0 : 1)]++;
    }
    return new McNemar(counts[0], counts[1], counts[2], counts[3]);
  }

  /** Examples that one of them classifies correctly and the other does not. */
  public long differing() {
    return firstOnly + secondOnly;
  }

  /**
   * How likely a difference as large as this, or larger, in either direction, would be if both were
   * equally good: 0 to 1, from the binomial distribution itself.
   */
  public double pValue() {
    if (firstOnly == secondOnly) {
      return 1;
    }
    int tries = Math.toIntExact(differing());
    int fewer = Math.toIntExact(Math.min(firstOnly, secondOnly));
    return Math.min(1, 2 * new BinomialDistribution(null, tries, 0.5).cumulativeProbability(fewer));
  }
}
