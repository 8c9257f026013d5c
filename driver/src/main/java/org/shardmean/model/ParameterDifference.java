package org.shardmean.model;

/**
 * How two flat vectors of parameters differ, bit by bit.
 *
 * @param count of parameters that are not the same bits
 * @param largest difference of two of them
 */
public record ParameterDifference(int count, double largest) {
  /** Of two vectors of one length; others are no trainings of one network. */
  public static ParameterDifference between(float[] one, float[] other) {
    if (one.length != other.length) {
      throw new IllegalArgumentException(
          "expected %d parameters, found %d".formatted(one.length, other.length));
    }
    int count = 0;
    double largest = 0;
    for (int i = 0; i < one.length; i++) {
      if (Float.floatToRawIntBits(one[i]) != Float.floatToRawIntBits(other[i])) {
        count++;
        largest = Math.max(largest, Math.abs((double) one[i] - other[i]));
      }
    }
    return new ParameterDifference(count, largest);
  }
}
