package org.shardmean.metrics;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.exception.ConvergenceException;
import org.apache.commons.math3.ml.clustering.Clusterable;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;

/**
 * Groups of similar points by k-means, started as k-means++ does (Arthur and Vassilvitskii, SODA
 * 2007). Not Spark MLlib's: that adds up in the order in which tasks answer, so its last bits
 * change from run to run, and it needs some 30 MB of libraries in the class path of every job, for
 * a few thousand points.
 */
public final class KMeans {
  private static final int MOST_ITERATIONS = 30;

  private KMeans() {}

  /** A point that remembers which one it is. */
  private record Numbered(int number, double[] point) implements Clusterable {
    @Override
    public double[] getPoint() {
      return point;
    }
  }

  /**
   * Divides points into groups.
   *
   * @param points all of one length, at least {@code k}
   * @return the numbers of the points in each group; of equal points there may be fewer groups
   */
  public static List<List<Integer>> groups(List<double[]> points, int k, long seed) {
    List<Numbered> numbered =
        IntStream.range(0, points.size()).mapToObj(i -> new Numbered(i, points.get(i))).toList();
    KMeansPlusPlusClusterer<Numbered> clusterer =
        new KMeansPlusPlusClusterer<>(
            k, MOST_ITERATIONS, new EuclideanDistance(), new Well19937c(seed));
    try {
      return clusterer.cluster(numbered).stream()
          .map(cluster -> cluster.getPoints().stream().map(Numbered::number).toList())
          .filter(group -> !group.isEmpty())
          .toList();
    } catch (ConvergenceException e) {
      // All points are equal, so that a group stays empty.
      return List.of(numbered.stream().map(Numbered::number).toList());
    }
  }
}
