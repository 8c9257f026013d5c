package org.shardmean.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.shardmean.model.ParameterLayout;

/**
 * Which images excite each unit of the first layer most: those with the largest weighted sum of
 * pixels. The bias and the activation do not change their order.
 *
 * @param perUnit for each of the first units the numbers of the images, most exciting first
 */
record ExcitingImages(List<List<Integer>> perUnit) {
  private static final int OF_A_UNIT = 8;

  /** So many multiplications take about a tenth of a second; of large images, fewer units. */
  private static final long MOST_MULTIPLICATIONS = 100_000_000;

  ExcitingImages {
    perUnit = List.copyOf(perUnit);
  }

  /**
   * Looks at every image for each of the first units.
   *
   * @param images the pixels of each, as many as the layer has inputs
   * @param units at most so many
   */
  static ExcitingImages of(
      ParameterLayout layout, float[] parameters, List<byte[]> images, int units) {
    long perUnit = Math.max(1L, (long) images.size() * layout.inputs(0));
    int most = (int) Math.min(Math.min(units, layout.outputs(0)), MOST_MULTIPLICATIONS / perUnit);
    return new ExcitingImages(
        IntStream.range(0, most)
            .mapToObj(unit -> mostExciting(parameters, layout.weight(0, 0, unit), images))
            .toList());
  }

  /** As JSON: an array of arrays of numbers. */
  String json() {
    return perUnit.toString();
  }

  private static List<Integer> mostExciting(float[] parameters, int weights, List<byte[]> images) {
    double[] sums = images.stream().mapToDouble(image -> sum(parameters, weights, image)).toArray();
    return IntStream.range(0, sums.length)
        .boxed()
        .filter(image -> !Double.isNaN(sums[image]))
        .sorted(Comparator.comparingDouble((Integer image) -> -sums[image]))
        .limit(OF_A_UNIT)
        .toList();
  }

  private static double sum(float[] parameters, int weights, byte[] pixels) {
    double sum = 0;
    for (int p = 0; p < pixels.length; p++) {
      sum += parameters[weights + p] * (pixels[p] & 0xff);
    }
    return sum;
  }
}
