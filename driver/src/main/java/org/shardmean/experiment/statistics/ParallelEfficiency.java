package org.shardmean.experiment.statistics;

/**
 * What more workers gain. Speedup is told by throughput (images a second), so that one definition
 * serves strong scaling (Amdahl, 1967: the same images) and weak scaling (Gustafson, "Reevaluating
 * Amdahl's Law", CACM 1988: images grow with the workers).
 */
public final class ParallelEfficiency {
  private ParallelEfficiency() {}

  /** How many times as fast as the base. */
  public static double speedup(double baseImagesPerSecond, double imagesPerSecond) {
    return imagesPerSecond / baseImagesPerSecond;
  }

  /**
   * The share of the added workers that became speed.
   *
   * @param factor how many times as many workers as the base has
   */
  public static double efficiency(double speedup, double factor) {
    return speedup / factor;
  }

  /**
   * The experimentally determined serial fraction (Karp and Flatt, "Measuring Parallel Processor
   * Performance", CACM 33(5), 1990): {@code (1/speedup - 1/p) / (1 - 1/p)}. One that grows with p
   * tells of overhead rather than of serial work. NaN for p = 1, where it is not defined.
   *
   * @param p how many times as many workers as the base has
   */
  public static double serialFraction(double speedup, double p) {
    return p > 1 ? (1 / speedup - 1 / p) / (1 - 1 / p) : Double.NaN;
  }
}
