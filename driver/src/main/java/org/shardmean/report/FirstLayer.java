package org.shardmean.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.shardmean.model.ParameterLayout;

/**
 * The first layer's weights, to be shown as images on one scale. A few weights stand far out; so
 * that the others are not pale beside them, the darkest colour begins at the magnitude below which
 * 99% of the weights are.
 *
 * @param units for each unit the weights of its inputs, row by row
 * @param height of the images
 * @param width of the images
 */
record FirstLayer(List<float[]> units, int height, int width) {
  private static final double DARKEST_FROM = 0.99;

  /** Pixels that an image is high and wide at most. */
  private static final int LARGEST_SIDE = 40;

  FirstLayer {
    units = List.copyOf(units);
  }

  /**
   * The first units; of large images, means of square blocks of weights.
   *
   * @param height of the inputs' images
   * @param width of the inputs' images
   * @param most units that are taken
   */
  static FirstLayer of(
      ParameterLayout layout, float[] parameters, int height, int width, int most) {
    int side = (Math.max(height, width) + LARGEST_SIDE - 1) / LARGEST_SIDE;
    int down = (height + side - 1) / side;
    int across = (width + side - 1) / side;
    List<float[]> units = new ArrayList<>();
    for (int unit = 0; unit < Math.min(most, layout.outputs(0)); unit++) {
      int from = layout.weight(0, 0, unit);
      float[] weights = Arrays.copyOfRange(parameters, from, from + height * width);
      float[] means = new float[down * across];
      for (int row = 0; row < down; row++) {
        for (int column = 0; column < across; column++) {
          means[row * across + column] =
              mean(weights, height, width, row * side, column * side, side);
        }
      }
      units.add(means);
    }
    return new FirstLayer(units, down, across);
  }

  private static float mean(float[] weights, int height, int width, int top, int left, int side) {
    double sum = 0;
    int bottom = Math.min(height, top + side);
    int right = Math.min(width, left + side);
    for (int row = top; row < bottom; row++) {
      for (int column = left; column < right; column++) {
        sum += weights[row * width + column];
      }
    }
    return (float) (sum / ((bottom - top) * (right - left)));
  }

  /** The units as {@code data:} addresses of images. */
  List<String> images() {
    return images(limit());
  }

  /**
   * The units as {@code data:} addresses of images.
   *
   * @param limit from which magnitude on a weight has the darkest colour
   */
  List<String> images(float limit) {
    return units.stream()
        .map(weights -> new WeightImage(weights, height, width, limit).dataUri())
        .toList();
  }

  /** From which magnitude on a weight has the darkest colour; above zero and finite. */
  float limit() {
    double[] magnitudes =
        units.stream()
            .flatMapToDouble(FirstLayer::doubles)
            .map(Math::abs)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return magnitudes.length == 0
        ? 1
        : Math.max(Float.MIN_NORMAL, (float) magnitudes[(int) (magnitudes.length * DARKEST_FROM)]);
  }

  private static DoubleStream doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]);
  }
}
