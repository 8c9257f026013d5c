package org.shardmean.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.shardmean.train.EngineKind;

class GridTest {
  private static final Grid GRID = grid(List.of(1, 2), List.of(0), 2, 1);

  @Test
  void everyCombinationIsAPoint() {
    // 2 workers x 2 rounds x 1 batch x 2 engines x 1 data x 2 seeds x 2 repeats
    assertEquals(32, GRID.points().size());
    Set<String> ids = new HashSet<>();
    GRID.points().forEach(point -> ids.add(point.id()));
    assertEquals(32, ids.size());
  }

  @Test
  void theOrderIsShuffledByItsSeedAlone() {
    assertNotEquals(GRID.points(), GRID.inRandomOrder());
    assertEquals(new HashSet<>(GRID.points()), new HashSet<>(GRID.inRandomOrder()));
    assertEquals(GRID.inRandomOrder(), grid(List.of(1, 2), List.of(0), 2, 1).inRandomOrder());
    assertNotEquals(GRID.inRandomOrder(), grid(List.of(1, 2), List.of(0), 2, 2).inRandomOrder());
  }

  @Test
  void pointsOfEquallyManyCoresStayTogether() {
    List<Integer> cores =
        grid(List.of(4), List.of(1, 2, 4), 1, 7).inRandomOrder().stream()
            .map(point -> point.setup().cores())
            .toList();
    int changes = 0;
    for (int i = 1; i < cores.size(); i++) {
      changes += cores.get(i).equals(cores.get(i - 1)) ? 0 : 1;
    }
    assertEquals(2, changes);
  }

  @Test
  void weakScalingDrawsAsManyDigitsForEachWorker() {
    Grid weak =
        new Grid(
            "weak",
            List.of(0),
            List.of(1, 4),
            List.of(4),
            List.of(64),
            List.of(EngineKind.FUSED),
            List.of(),
            60_000,
            List.of(1L),
            1,
            1,
            0.9);

    assertTrue(weak.isWeak());
    assertEquals(
        List.of("generated:60000", "generated:240000"),
        weak.setups().stream().map(GridPoint.Setup::data).toList());
  }

  @Test
  void anIdIsFitForAFilesName() {
    GridPoint point =
        new GridPoint(new GridPoint.Setup(2, 4, 8, 64, EngineKind.DL4J, "hdfs://a/b:c"), -3, 2);

    assertEquals("k4-r8-b64-dl4j-hdfs-a-b-c-c2-s-3-2", point.id());
  }

  private static Grid grid(
      List<Integer> workers, List<Integer> cores, int repeats, long orderSeed) {
    return new Grid(
        "test",
        cores,
        workers,
        List.of(1, 4),
        List.of(64),
        List.of(EngineKind.FUSED, EngineKind.DL4J),
        List.of("mnist"),
        0,
        List.of(1L, 2L),
        repeats,
        orderSeed,
        0.9);
  }
}
