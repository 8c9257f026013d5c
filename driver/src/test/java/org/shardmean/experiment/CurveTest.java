package org.shardmean.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurveTest {
  private static final double IMAGE = 9e-6;
  private static final double LATENCY = 0.01;
  private static final double IMAGES = 60_000;

  /** Out and back, as the sample's runs report it. */
  private static final double BYTES = 2.0 * 1_312_648;

  @Test
  void theModelSaysWhatTwiceAsManyWorkersGain() {
    double perByte = 1e-9;

    Curve curve = curve(List.of(1, 2, 4, 8), perByte).get(0);

    Curve.Expected sixteen = curve.expected().get(curve.expected().size() - 1);
    assertEquals(16, sixteen.across());
    assertEquals(seconds(1, 4, perByte) / seconds(16, 4, perByte), sixteen.speedup(), 1e-6);
    assertEquals(sixteen.speedup(), sixteen.likely().low(), 1e-6);
    assertEquals(sixteen.speedup(), sixteen.likely().high(), 1e-6);
    assertEquals(1, curve.expected().get(0).speedup(), 1e-9);
  }

  /** 60,000 images of 9 us, and 5.25 ms for each worker in each of 16 rounds: the root of 6.43. */
  @Test
  void whereTheWireCostsMoreThanWorkersGainThereIsAFastestNumber() {
    double perByte = 2e-9;

    Curve many = curve(List.of(1, 2, 4, 8), perByte).get(1);

    assertEquals(3, many.fastest().orElseThrow().across());
    assertTrue(curve(List.of(1, 2, 4, 8), 0).get(1).fastest().isEmpty(), "more are always faster");
  }

  @Test
  void moreWorkersThanSlotsAreForecastWithASlotEach() {
    double perByte = 1e-10;

    Curve curve = curve(List.of(1, 4, 8, 16), perByte).get(0);

    Curve.Expected sixteen =
        curve.expected().stream().filter(one -> one.across() == 16).findFirst().orElseThrow();
    assertEquals(seconds(1, 4, perByte) / seconds(16, 4, perByte), sixteen.speedup(), 1e-6);
    double measured = curve.last().speedup().median();
    assertTrue(measured < sixteen.speedup(), "they took turns: " + measured);
  }

  @Test
  void twoSetupsAreTooFewForAModel() {
    Grid grid = SampleGrids.grid(List.of(1, 2), List.of(4), List.of(0), 1, 9);

    Curve curve = Curve.of(grid, records(grid, 1e-9)).get(0);

    assertEquals(List.of(), curve.expected());
    assertTrue(curve.fastest().isEmpty());
  }

  private static List<Curve> curve(List<Integer> workers, double perByte) {
    Grid grid = SampleGrids.grid(workers, List.of(4, 16), List.of(0), 1, 9);
    return Curve.of(grid, records(grid, perByte));
  }

  /** Runs that take exactly what the model says, on eight slots. */
  private static List<PointRecord> records(Grid grid, double perByte) {
    return grid.points().stream()
        .map(
            point -> {
              PointRecord run = SampleGrids.point(point, 1);
              int workers = point.setup().workers();
              int turns = (workers + 7) / 8;
              int atOnce = Math.min(workers, 8);
              int rounds = point.setup().roundsPerEpoch();
              double seconds =
                  IMAGES / workers * turns * IMAGE + rounds * (LATENCY + perByte * BYTES * atOnce);
              return Altered.withBytes(
                  Altered.slower(run, seconds / run.trainSeconds().get(0)), BYTES * atOnce);
            })
        .toList();
  }

  /** Of an epoch, with a slot for each worker. */
  private static double seconds(int workers, int rounds, double perByte) {
    return IMAGES / workers * IMAGE + rounds * (LATENCY + perByte * BYTES * workers);
  }
}
