package org.shardmean.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GridTest {
  private static final Grid GRID = grid(List.of(1, 2), List.of(0), 2, 1);

  @Test
  void everySetupIsRunWithEverySeedAsOftenAsAsked() {
    // 2 workers x 2 rounds x 3 seeds x 2 repeats
    assertEquals(24, GRID.points().size());
    Set<String> ids = new HashSet<>();
    GRID.points().forEach(point -> ids.add(point.id()));
    assertEquals(24, ids.size());
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
  void aCurveGoesOverWorkersOrOverCoresWhereThoseVaryAlone() {
    Grid cores = grid(List.of(4), List.of(1, 2), 1, 1);

    assertFalse(GRID.variesCores());
    assertTrue(cores.variesCores());
    assertFalse(grid(List.of(1, 4), List.of(1, 2), 1, 1).variesCores());
    assertEquals(
        List.of("rounds-per-epoch 1", "rounds-per-epoch 4"),
        GRID.setups().stream().map(GRID::curveOf).distinct().toList());
    assertEquals(2, cores.across(cores.setups().get(2)));
  }

  @Test
  void anIdIsFitForAFilesName() {
    Map<String, String> varied = new LinkedHashMap<>();
    varied.put("workers", "4");
    varied.put("data", "hdfs://a/b:c");
    GridPoint point = new GridPoint(new GridPoint.Setup(2, "plain", varied, varied), -3, 2);

    assertEquals("plain_workers-4_data-hdfs-a-b-c_cores-2_seed--3_repeat-2", point.id());
  }

  private static Grid grid(
      List<Integer> workers, List<Integer> cores, int repeats, long orderSeed) {
    return SampleGrids.grid(workers, List.of(1, 4), cores, repeats, orderSeed);
  }
}
