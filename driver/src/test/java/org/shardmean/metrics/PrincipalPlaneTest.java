package org.shardmean.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrincipalPlaneTest {
  private static final double EXACT = 1e-9;

  /** Along (1, 1, 0) from -2 to 2, and across it, along the third axis, by 1. */
  private static final List<double[]> FLAT =
      List.of(
          new double[] {-2, -2, 0},
          new double[] {2, 2, 0},
          new double[] {0, 0, 1},
          new double[] {0, 0, -1});

  @Test
  void seesPointsInTheDirectionsInWhichTheyDiffer() {
    PrincipalPlane plane = PrincipalPlane.of(FLAT);

    assertEquals(2 * Math.sqrt(2), Math.abs(plane.points().get(0)[0]), EXACT);
    assertEquals(-plane.points().get(0)[0], plane.points().get(1)[0], EXACT);
    assertEquals(0, plane.points().get(0)[1], EXACT);
    assertEquals(1, Math.abs(plane.points().get(2)[1]), EXACT);
    assertEquals(1, plane.share(), EXACT);
  }

  @Test
  void pointsThatAreEqualAreAllInOnePlace() {
    PrincipalPlane plane = PrincipalPlane.of(Collections.nCopies(5, new double[] {3, 1, 4}));

    assertEquals(1, plane.share());
    assertEquals(plane.points().get(0)[0], plane.points().get(4)[0]);
  }
}
