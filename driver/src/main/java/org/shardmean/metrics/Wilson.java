package org.shardmean.metrics;

/**
 * Where the true accuracy lies with 95% confidence, when some of the examples were classified
 * correctly: the score interval of Wilson ("Probable Inference, the Law of Succession, and
 * Statistical Inference", Journal of the American Statistical Association 22, 1927). It stays
 * within 0 to 1 and says something even when all examples were correct.
 *
 * @param low 0 to 1, at most {@code high}
 * @param high 0 to 1
 */
public record Wilson(double low, double high) {
  /** The 97.5% quantile of the standard normal distribution. */
  private static final double Z = 1.959963984540054;

  /**
   * The interval for {@code correct} of {@code total} examples; 0 to 1 when there are none.
   *
   * @throws IllegalArgumentException if {@code correct} is not 0 to {@code total}
   */
  public static Wilson of(long correct, long total) {
    if (correct < 0 || correct > total) {
      throw new IllegalArgumentException(
          "correct must be 0 to %d, found %d".formatted(total, correct));
    }
    if (total == 0) {
      return new Wilson(0, 1);
    }
    double share = (double) correct / total;
    double squared = Z * Z / total;
    double centre = (share + squared / 2) / (1 + squared);
    double reach =
        Z * Math.sqrt(share * (1 - share) / total + squared / (4 * total)) / (1 + squared);
    return new Wilson(
        correct == 0 ? 0 : Math.max(0, centre - reach),
        correct == total ? 1 : Math.min(1, centre + reach));
  }
}
