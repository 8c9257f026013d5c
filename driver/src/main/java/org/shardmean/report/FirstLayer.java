package org.shardmean.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.shardmean.model.ParameterLayout;

/**
 * The first layer's weights, to be shown as images on one scale. A few weights stand far out; so
 * that the others are not pale beside them, the darkest colour begins at the magnitude that 99 in a
 * hundred stay below.
 *
 * @param units the weights into each unit
 */
record FirstLayer(List<float[]> units) {
  private static final double DARKEST_FROM = 0.99;

  static FirstLayer of(ParameterLayout layout, float[] parameters) {
    return new FirstLayer(
        IntStream.range(0, layout.outputs(0))
            .mapToObj(
                unit ->
                    Arrays.copyOfRange(
                        parameters,
                        layout.weight(0, 0, unit),
                        layout.weight(0, 0, unit) + layout.inputs(0)))
            .toList());
  }

  /** The first units as {@code data:} addresses of images of the images' size. */
  List<String> images(int height, int width, int most) {
    float limit = limit();
    return units.stream()
        .limit(most)
        .map(weights -> new WeightImage(weights, height, width, limit).dataUri())
        .toList();
  }

  /** From which magnitude on a weight has the darkest colour; above zero and finite. */
  float limit() {
    double[] magnitudes =
        units.stream()
            .flatMapToDouble(
                weights -> IntStream.range(0, weights.length).mapToDouble(i -> weights[i]))
            .map(Math::abs)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return magnitudes.length == 0
        ? 1
        : Math.max(Float.MIN_NORMAL, (float) magnitudes[(int) (magnitudes.length * DARKEST_FROM)]);
  }
}
