package org.shardmean.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shardmean.experiment.SampleGrids.ENGLISH;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LevelTest {
  /** By Amdahl's law the serial fraction that Karp and Flatt find is the one that was put in. */
  @Property
  void karpAndFlattFindAmdahlsSerialFraction(
      @ForAll @DoubleRange(min = 0, max = 0.9) double serial,
      @ForAll @IntRange(min = 2, max = 512) int p) {
    double speedup = 1 / (serial + (1 - serial) / p);

    assertEquals(serial, Level.serialFraction(speedup, p), 1e-9);
  }

  @Test
  void theSerialFractionByHand() {
    // (1/1.95 - 1/2) / (1/2) and (1/7.74 - 1/8) / (7/8).
    assertEquals(0.0256, Level.serialFraction(1.95, 2), 5e-4);
    assertEquals(0.0048, Level.serialFraction(7.74, 8), 5e-4);
    assertTrue(Double.isNaN(Level.serialFraction(1, 1)), "one worker has none");
  }

  /** The sample's eight task slots cannot train sixteen workers at the same time. */
  @Test
  void whereWorkersTakeTurnsThereIsNoEfficiency() {
    Grid grid = SampleGrids.grid(List.of(1, 8, 16), List.of(4), List.of(0), 1, 9);
    Curve curve = Curve.of(grid, records(grid)).get(0);
    Level eight = curve.levels().get(1);
    Level sixteen = curve.levels().get(2);

    assertFalse(eight.isCrowded());
    assertTrue(eight.efficiency().median() > 0.1 && eight.serialFraction() > 0);
    assertTrue(sixteen.isCrowded());
    assertTrue(Double.isNaN(sixteen.efficiency().median()));
    assertTrue(Double.isNaN(sixteen.serialFraction()));
    assertTrue(sixteen.speedup().median() > 0, "the speedup is a fact all the same");
  }

  @Test
  void theBottleneckIsThatOfTheLastLevelWithoutTurns() {
    Grid grid = SampleGrids.grid(List.of(1, 8, 16), List.of(4), List.of(0), 1, 9);
    Curve curve = Curve.of(grid, records(grid)).get(0);

    Bottleneck bottleneck = Bottleneck.of(curve, false, SampleGrids.CALIBRATION).orElseThrow();

    assertEquals(8, bottleneck.last().across());
    assertFalse(bottleneck.sentence(ENGLISH).contains("16"), bottleneck.sentence(ENGLISH));
  }

  @Test
  void levelsWithTurnsAloneHaveNoBottleneck() {
    Grid grid = SampleGrids.grid(List.of(16, 32), List.of(4), List.of(0), 1, 9);
    Curve curve = Curve.of(grid, records(grid)).get(0);

    assertTrue(Bottleneck.of(curve, false, SampleGrids.CALIBRATION).isEmpty());
  }

  /** It said that 0 of 2 runs had reached a target that nobody had set. */
  @Test
  void withoutATargetNothingIsSaidOfOne() {
    Grid with = SampleGrids.grid(List.of(1, 8), List.of(4), List.of(0), 1, 9);
    Grid without =
        new Grid(
            with.name(),
            with.setups(),
            with.seeds(),
            with.repeats(),
            with.orderSeed(),
            Double.NaN,
            with.isWeak(),
            with.mayDiverge());

    assertTrue(sentence(with).contains(" target accuracy "), sentence(with));
    assertFalse(sentence(without).contains(" target accuracy "), sentence(without));
  }

  private static String sentence(Grid grid) {
    return Bottleneck.of(Curve.of(grid, records(grid)).get(0), false, SampleGrids.CALIBRATION)
        .orElseThrow()
        .sentence(ENGLISH);
  }

  /** Eight workers that are more than eight times as fast as one lost nothing. */
  @Test
  void whereThereIsNoLossNoneIsExplained() {
    Grid grid = SampleGrids.grid(List.of(1, 8), List.of(4), List.of(0), 1, 9);
    List<PointRecord> faster = new ArrayList<>();
    records(grid)
        .forEach(
            run -> faster.add(run.point().setup().workers() == 8 ? Altered.slower(run, 0.1) : run));

    assertTrue(sentence(grid).contains(" Most of the loss, "), sentence(grid));
    String sentence =
        Bottleneck.of(Curve.of(grid, faster).get(0), false, SampleGrids.CALIBRATION)
            .orElseThrow()
            .sentence(ENGLISH);
    assertTrue(sentence.matches(".*\\([1-9][0-9]{2,}% efficiency\\)\\..*"), sentence);
    assertFalse(sentence.contains("Most of the loss"), sentence);
  }

  /** Half the bytes a round take half the time on the wire. */
  @Test
  void bandwidthFollowsTheBytesThatWereReported() {
    Grid grid = SampleGrids.grid(List.of(1, 8), List.of(4), List.of(0), 1, 9);
    List<PointRecord> full = records(grid);
    List<PointRecord> half = new ArrayList<>();
    full.forEach(run -> half.add(Altered.withBytes(run, run.bytesPerRound() / 2)));

    double whole = bandwidth(grid, full);

    assertTrue(whole > 0);
    assertEquals(whole / 2, bandwidth(grid, half), 1e-9);
  }

  private static double bandwidth(Grid grid, List<PointRecord> records) {
    return Bottleneck.of(Curve.of(grid, records).get(0), false, SampleGrids.CALIBRATION)
        .orElseThrow()
        .lost()
        .get(Bottleneck.Part.BANDWIDTH);
  }

  private static List<PointRecord> records(Grid grid) {
    return grid.points().stream().map(point -> SampleGrids.point(point, 1)).toList();
  }
}
