package org.shardmean.metrics;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.stat.correlation.Covariance;

/**
 * Points in many dimensions, seen in the two directions in which they differ most (principal
 * component analysis; Pearson, 1901).
 *
 * @param points two coordinates each, in the order of the points, around their mean
 * @param share of the variance that these two directions have, 0 to 1
 */
public record PrincipalPlane(List<double[]> points, double share) {
  /**
   * Of points.
   *
   * @param points at least two, all of one length, which is at least 2
   */
  public static PrincipalPlane of(List<double[]> points) {
    double[][] rows = points.toArray(double[][]::new);
    EigenDecomposition axes =
        new EigenDecomposition(
            new Covariance(new Array2DRowRealMatrix(rows, false)).getCovarianceMatrix());
    double[] variances = axes.getRealEigenvalues(); // Largest first.
    double all = IntStream.range(0, variances.length).mapToDouble(i -> variances[i]).sum();
    RealVector first = upright(axes.getEigenvector(0));
    RealVector second = upright(axes.getEigenvector(1));
    return new PrincipalPlane(
        points.stream()
            .map(point -> new double[] {along(first, point), along(second, point)})
            .toList(),
        all > 0 ? (variances[0] + variances[1]) / all : 1);
  }

  /** An axis has no sign of its own: its largest component is made positive. */
  private static RealVector upright(RealVector axis) {
    int largest = 0;
    for (int i = 1; i < axis.getDimension(); i++) {
      if (Math.abs(axis.getEntry(i)) > Math.abs(axis.getEntry(largest))) {
        largest = i;
      }
    }
    return axis.getEntry(largest) < 0 ? axis.mapMultiply(-1) : axis;
  }

  private static double along(RealVector axis, double[] point) {
    double sum = 0;
    for (int i = 0; i < point.length; i++) {
      sum += axis.getEntry(i) * point[i];
    }
    return sum;
  }
}
