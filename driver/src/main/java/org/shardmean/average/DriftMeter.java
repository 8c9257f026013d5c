package org.shardmean.average;

import java.util.List;
import org.shardmean.train.LocalResult;

/** Measures {@link Drift} round by round; remembers the last round's step for the cosine. */
public final class DriftMeter {
  private float[] lastStep = new float[0];
  private double squaredLastStep;

  /**
   * Measures one round.
   *
   * @param start the parameters the round began with
   * @param mean the workers' mean
   * @param results the workers' results, in order of worker
   */
  public Drift measure(float[] start, float[] mean, List<LocalResult> results) {
    float[] step = difference(mean, start);
    double squaredStep = dot(step, step);
    double cosine =
        lastStep.length == 0
            ? Double.NaN
            : dot(step, lastStep) / Math.sqrt(squaredStep * squaredLastStep);
    lastStep = step;
    squaredLastStep = squaredStep;
    long total = results.stream().mapToLong(r -> r.score().examples()).sum();
    double spread = 0;
    if (results.size() > 1) {
      for (LocalResult result : results) {
        double weight = (double) result.score().examples() / total;
        spread += weight * squaredDistance(result.state().parameters(), mean);
      }
    }
    return new Drift(
        Math.sqrt(spread / squaredStep),
        Math.sqrt(squaredStep),
        cosine,
        noiseScale(spread, squaredStep, total, results.size()));
  }

  /**
   * The simple noise scale {@code S / |G|²}, with worker updates in the place of gradients: those
   * of {@code total / workers} examples each have mean square {@code |mean|² + spread}, the one of
   * all examples has {@code |mean|²} (McCandlish et al., 2018, equations A.1 and A.2).
   */
  private static double noiseScale(double spread, double squaredStep, long total, int workers) {
    if (workers == 1) {
      return Double.NaN;
    }
    double small = (double) total / workers;
    double squaredSmall = squaredStep + spread;
    double squaredSignal = (total * squaredStep - small * squaredSmall) / (total - small);
    double noise = spread / (1 / small - 1.0 / total);
    return squaredSignal > 0 ? noise / squaredSignal : Double.POSITIVE_INFINITY;
  }

  private static float[] difference(float[] a, float[] b) {
    float[] difference = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  /** Four sums at once, because one sum must wait for its own last addition. */
  private static double dot(float[] a, float[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      s0 += (double) a[i] * b[i];
      s1 += (double) a[i + 1] * b[i + 1];
      s2 += (double) a[i + 2] * b[i + 2];
      s3 += (double) a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      s0 += (double) a[i] * b[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static double squaredDistance(float[] a, float[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      double d0 = a[i] - b[i];
      double d1 = a[i + 1] - b[i + 1];
      double d2 = a[i + 2] - b[i + 2];
      double d3 = a[i + 3] - b[i + 3];
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    for (; i < a.length; i++) {
      double d = a[i] - b[i];
      s0 += d * d;
    }
    return (s0 + s1) + (s2 + s3);
  }
}
