package org.shardmean.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some parameters in numbers; all NaN where one of them is.
 *
 * @param count how many there are
 * @param deviation the standard deviation, of the whole and not of a sample
 * @param first the first few, in order
 */
public record WeightStatistics(
    int count, double minimum, double mean, double maximum, double deviation, List<Float> first) {
  private static final int FIRST = 5;

  public WeightStatistics {
    first = List.copyOf(first);
  }

  /** The weights of a layer. */
  public static WeightStatistics ofWeights(ParameterLayout layout, int layer, float[] parameters) {
    return of(Arrays.copyOfRange(parameters, layout.weights(layer), layout.biases(layer)));
  }

  /** The biases of a layer. */
  public static WeightStatistics ofBiases(ParameterLayout layout, int layer, float[] parameters) {
    int from = layout.biases(layer);
    return of(Arrays.copyOfRange(parameters, from, from + layout.outputs(layer)));
  }

  /** Sums in double precision, in two passes, so that a mean far from zero costs no accuracy. */
  static WeightStatistics of(float[] values) {
    double minimum = Double.POSITIVE_INFINITY;
    double maximum = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (float value : values) {
      minimum = Math.min(minimum, value);
      maximum = Math.max(maximum, value);
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (float value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new WeightStatistics(
        values.length,
        minimum,
        mean,
        maximum,
        Math.sqrt(squares / values.length),
        IntStream.range(0, Math.min(FIRST, values.length)).mapToObj(i -> values[i]).toList());
  }
}
