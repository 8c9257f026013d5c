package org.shardmean.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KMeansTest {
  /** Around (0, 0), (10, 0) and (0, 10) in turn. */
  private static List<double[]> threeHeaps() {
    SplittableRandom random = new SplittableRandom(4);
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      points.add(
          new double[] {
            (i % 3 == 1 ? 10 : 0) + random.nextDouble(), (i % 3 == 2 ? 10 : 0) + random.nextDouble()
          });
    }
    return points;
  }

  @Test
  void findsHeapsThatLieApart() {
    List<List<Integer>> groups = KMeans.groups(threeHeaps(), 3, 7);

    assertEquals(3, groups.size());
    for (List<Integer> group : groups) {
      assertEquals(30, group.size());
      assertTrue(group.stream().allMatch(i -> i % 3 == group.get(0) % 3), group.toString());
    }
  }

  @Test
  void everyPointIsInOneGroup() {
    List<Integer> all = KMeans.groups(threeHeaps(), 5, 7).stream().flatMap(List::stream).toList();

    assertEquals(90, all.size());
    assertEquals(IntStream.range(0, 90).boxed().toList(), List.copyOf(new TreeSet<>(all)));
  }

  @Test
  void theSameSeedGivesTheSameGroups() {
    assertEquals(KMeans.groups(threeHeaps(), 5, 7), KMeans.groups(threeHeaps(), 5, 7));
  }

  @Test
  void equalPointsAreOneGroup() {
    List<double[]> equal = Collections.nCopies(20, new double[] {1, 2});

    assertEquals(20, KMeans.groups(equal, 4, 7).stream().mapToInt(List::size).sum());
  }
}
