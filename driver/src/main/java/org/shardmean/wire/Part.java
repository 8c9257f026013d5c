package org.shardmean.wire;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Consecutive parameters of a network, with what belongs to them in vectors that are as long as the
 * parameters, such as moments. Sums over workers may be added up part by part, on several machines:
 * every number of a part then has the bits that it has in a sum of the whole.
 *
 * <p>A part consists of whole grains. Where a sum over the parameters themselves is wanted, such as
 * a squared distance, it is added up grain by grain first, so that its bits do not depend on the
 * parts.
 *
 * @param from its first parameter, a multiple of {@link #GRAIN}
 * @param end one past its last
 * @param of how many parameters there are in all
 */
public record Part(int from, int end, int of) implements Serializable {
  /** Parameters in a grain; the last one may be shorter. A contract: sums by grain depend on it. */
  public static final int GRAIN = 1 << 18;

  public Part {
    if (from < 0 || from % GRAIN != 0 || end <= from || end > of) {
      throw new IllegalArgumentException(
          "expected a part of %d parameters that begins at a multiple of %d, found %d to %d"
              .formatted(of, GRAIN, from, end));
    }
  }

  /** All of so many parameters, at least 1. */
  public static Part whole(int of) {
    return new Part(0, of, of);
  }

  /**
   * Cuts parameters into parts that are as even as whole grains allow.
   *
   * @param of how many parameters, at least 1
   * @param most at most so many parts, at least 1
   * @return the parts in order, each parameter in exactly one
   */
  public static List<Part> cut(int of, int most) {
    int grains = grains(of);
    int parts = Math.min(most, grains);
    return IntStream.range(0, parts)
        .mapToObj(
            part ->
                new Part(border(part, parts, grains, of), border(part + 1, parts, grains, of), of))
        .toList();
  }

  private static int border(int part, int parts, int grains, int of) {
    return (int) Math.min(of, (long) part * grains / parts * GRAIN);
  }

  /** How many grains so many parameters have. */
  public static int grains(int parameters) {
    return (int) (((long) parameters + GRAIN - 1) / GRAIN);
  }

  /**
   * Room for the moments of all parameters.
   *
   * @param some the moments of this part: whole vectors
   */
  public float[] arrayForMoments(float[] some) {
    return new float[Math.multiplyExact(some.length / size(), of)];
  }

  /**
   * Copies this part's numbers to their places.
   *
   * @param some vectors of this part, one after another
   * @param into as many vectors of all parameters
   */
  public void copy(float[] some, float[] into) {
    for (int vector = 0; vector < some.length / size(); vector++) {
      System.arraycopy(some, vector * size(), into, vector * of + from, size());
    }
  }

  /** This part's numbers of a vector of all parameters, a copy. */
  public float[] of(float[] values) {
    return Arrays.copyOfRange(values, from, end);
  }

  /** Parameters in it. */
  public int size() {
    return end - from;
  }
}
