package org.shardmean.average;

import java.util.stream.IntStream;
import org.shardmean.wire.Part;

/**
 * Passes over whole vectors of parameters. Where a pass adds up, it keeps four sums, because one
 * sum must wait for its own last addition. The order of additions is fixed.
 */
final class Vectors {
  private Vectors() {}

  /**
   * Moves every number of {@code a} towards that of {@code b} by {@code share} of the way. Where
   * both are the same, the bits stay.
   *
   * @throws IllegalArgumentException if the lengths differ
   */
  static void moveInPlace(float[] a, float[] b, float share) {
    requireSameLength(a, b);
    for (int i = 0; i < a.length; i++) {
      a[i] -= share * (a[i] - b[i]);
    }
  }

  /** Adds every number of {@code b} to that of {@code a}. */
  static void addInPlace(float[] a, float[] b) {
    requireSameLength(a, b);
    for (int i = 0; i < a.length; i++) {
      a[i] += b[i];
    }
  }

  /** Takes every number of {@code b} off that of {@code a}. */
  static void subtractInPlace(float[] a, float[] b) {
    requireSameLength(a, b);
    for (int i = 0; i < a.length; i++) {
      a[i] -= b[i];
    }
  }

  /** {@code a - b}, new. */
  static float[] difference(float[] a, float[] b) {
    requireSameLength(a, b);
    float[] difference = new float[a.length];
    grains(a.length)
        .forEach(
            grain -> {
              int end = end(grain, a.length);
              for (int i = grain * Part.GRAIN; i < end; i++) {
                difference[i] = a[i] - b[i];
              }
            });
    return difference;
  }

  /** The sum of the products, number by number; grain by grain first. */
  static double dot(float[] a, float[] b) {
    requireSameLength(a, b);
    double[] sums =
        grains(a.length)
            .mapToDouble(grain -> dot(a, b, grain * Part.GRAIN, end(grain, a.length)))
            .toArray();
    double sum = 0;
    for (double ofGrain : sums) {
      sum += ofGrain;
    }
    return sum;
  }

  private static double dot(float[] a, float[] b, int from, int end) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i + 3 < end; i += 4) {
      s0 += (double) a[i] * b[i];
      s1 += (double) a[i + 1] * b[i + 1];
      s2 += (double) a[i + 2] * b[i + 2];
      s3 += (double) a[i + 3] * b[i + 3];
    }
    for (; i < end; i++) {
      s0 += (double) a[i] * b[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** The numbers of all grains; of several, on all cores. */
  private static IntStream grains(int length) {
    IntStream grains = IntStream.range(0, Part.grains(length));
    return length > Part.GRAIN ? grains.parallel() : grains;
  }

  private static int end(int grain, int length) {
    return (int) Math.min(length, (grain + 1L) * Part.GRAIN);
  }

  /** The squared length of {@code a - b}, of at most {@code most} numbers from {@code from} on. */
  static double squaredDistance(float[] a, float[] b, int from, int most) {
    requireSameLength(a, b);
    int end = (int) Math.min(a.length, (long) from + most);
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i + 3 < end; i += 4) {
      double d0 = a[i] - b[i];
      double d1 = a[i + 1] - b[i + 1];
      double d2 = a[i + 2] - b[i + 2];
      double d3 = a[i + 3] - b[i + 3];
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    for (; i < end; i++) {
      double d = a[i] - b[i];
      s0 += d * d;
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** Whether no number is NaN or infinite. Zero times anything finite is zero. */
  static boolean isFinite(float[] values) {
    float zero0 = 0;
    float zero1 = 0;
    float zero2 = 0;
    float zero3 = 0;
    int i = 0;
    for (; i + 3 < values.length; i += 4) {
      zero0 += values[i] * 0;
      zero1 += values[i + 1] * 0;
      zero2 += values[i + 2] * 0;
      zero3 += values[i + 3] * 0;
    }
    for (; i < values.length; i++) {
      zero0 += values[i] * 0;
    }
    return zero0 + zero1 + zero2 + zero3 == 0;
  }

  private static void requireSameLength(float[] a, float[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "states to average must be of one size, found %d and %d floats"
              .formatted(a.length, b.length));
    }
  }
}
