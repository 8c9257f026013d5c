package org.shardmean.spark;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;
import org.shardmean.metrics.PrincipalPlane;

/**
 * Where examples lie by their codes, in the two directions in which these differ most.
 *
 * @param places two coordinates for each, 0 to 1; none of a single code, or of codes of one number
 * @param share of the codes' variance that these directions have, 0 to 1
 */
record CodeMap(List<double[]> places, double share) {
  /**
   * Of codes.
   *
   * @param most so many of them get a place, from the first on; all decide on the directions
   */
  static CodeMap of(List<double[]> codes, int most) {
    if (codes.size() < 2 || codes.get(0).length < 2) {
      return new CodeMap(List.of(), 0);
    }
    PrincipalPlane plane = PrincipalPlane.of(codes);
    List<double[]> points = plane.points().stream().limit(most).toList();
    double[] across = spread(points, 0);
    double[] upwards = spread(points, 1);
    return new CodeMap(
        IntStream.range(0, points.size())
            .mapToObj(i -> new double[] {across[i], upwards[i]})
            .toList(),
        plane.share());
  }

  /** Where each point lies between the lowest and the highest one. */
  private static double[] spread(List<double[]> points, int axis) {
    DoubleSummaryStatistics all =
        points.stream().mapToDouble(point -> point[axis]).summaryStatistics();
    double size = all.getMax() - all.getMin();
    return points.stream()
        .mapToDouble(point -> size > 0 ? (point[axis] - all.getMin()) / size : 0.5)
        .toArray();
  }
}
