package org.shardmean.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SetupAccuracyTest {
  @Test
  void theDeviationIsThatOfASample() {
    // Mean 0.98; squares 1e-4 + 0 + 1e-4 over 2: the root is 0.01.
    SetupAccuracy.Figure figure = SetupAccuracy.Figure.of(new double[] {0.97, 0.98, 0.99});

    assertEquals(0.98, figure.mean(), 1e-12);
    assertEquals(0.01, figure.deviation(), 1e-12);
    assertEquals(3, figure.runs());
  }

  @Test
  void oneRunHasNoDeviation() {
    assertTrue(Double.isNaN(SetupAccuracy.Figure.of(new double[] {0.98}).deviation()));
  }

  @Test
  void theSeedsOfASetupShareARowAndFailuresAreCounted() {
    GridResult result = SampleGrids.compared();
    GridPoint bad = result.points().get(0).point();
    List<PointRecord> points =
        result.points().stream()
            .map(
                point ->
                    point.point().equals(bad)
                        ? PointRecord.failed(bad, "lost", Fingerprint.UNKNOWN)
                        : point)
            .toList();

    List<SetupAccuracy> rows = SetupAccuracy.of(SampleGrids.GRID, points);

    assertEquals(SampleGrids.GRID.setups(), rows.stream().map(SetupAccuracy::setup).toList());
    SetupAccuracy row =
        rows.stream().filter(one -> one.setup().equals(bad.setup())).findFirst().orElseThrow();
    assertEquals(2, row.done().size());
    assertEquals(1, row.failed());
    assertEquals(
        row.done().stream().mapToDouble(PointRecord::finalAccuracy).average().orElseThrow(),
        row.last().mean(),
        1e-12);
  }

  @Test
  void aSetupOfWhichEveryRunFailedHasNoRow() {
    assertEquals(List.of(), SetupAccuracy.of(SampleGrids.GRID, SampleGrids.failed().points()));
  }
}
