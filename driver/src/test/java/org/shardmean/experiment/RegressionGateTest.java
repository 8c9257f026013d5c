package org.shardmean.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegressionGateTest {
  private static final List<PointRecord> RECORDED = RecordedGrid.noise();

  @Test
  void identicalRunsRaiseNoAlarmInTwentyRepeats() {
    for (int trial = 1; trial <= 20; trial++) {
      RegressionGate.Verdict verdict = compare(trial, 1);
      assertFalse(verdict.worse(), trial + ": " + verdict.sentence());
    }
  }

  /** The rate that docs/scaling.md states. */
  @Test
  void falseAlarmsAreRare() {
    int alarms = 0;
    for (int trial = 1; trial <= 300; trial++) {
      alarms += compare(1000 + trial, 1).worse() ? 1 : 0;
    }
    assertTrue(alarms <= 3, alarms + " of 300");
  }

  /** The bar: the recorded runs themselves, half of them slowed by 30%. */
  @Test
  void aThirdSlowerRaisesItEveryTimeOnWhatWasRecorded() {
    for (int trial = 1; trial <= 20; trial++) {
      RegressionGate.Verdict verdict = compare(trial, 1.3);
      assertTrue(verdict.worse(), trial + ": " + verdict.sentence());
    }
  }

  /** With three seeds of each setup and times that scatter by 6%, drawn anew for every trial. */
  @Test
  void aThirdSlowerRaisesItEveryTimeOnDrawnGrids() {
    for (int trial = 1; trial <= 20; trial++) {
      List<PointRecord> before = SampleGrids.grid("then", 2 * trial, 1, 0.06).points();
      List<PointRecord> now = SampleGrids.grid("now", 2 * trial + 1, 1.3, 0.06).points();

      RegressionGate.Verdict verdict = RegressionGate.DEFAULT.compare(before, now, trial);

      assertTrue(verdict.worse(), trial + ": " + verdict.sentence());
    }
  }

  @Test
  void drawnGridsThatAreAlikeRaiseNoAlarm() {
    for (int trial = 1; trial <= 20; trial++) {
      List<PointRecord> before = SampleGrids.grid("then", 2 * trial, 1, 0.06).points();
      List<PointRecord> now = SampleGrids.grid("now", 2 * trial + 1, 1, 0.06).points();

      RegressionGate.Verdict verdict = RegressionGate.DEFAULT.compare(before, now, trial);

      assertFalse(verdict.worse(), trial + ": " + verdict.sentence());
    }
  }

  @Test
  void fasterIsNotWorse() {
    assertFalse(compare(1, 0.7).worse());
  }

  @Test
  void oneSetupOfNineThatBecameMuchSlowerIsFound() {
    List<PointRecord> now = new ArrayList<>(SampleGrids.grid("now", 4, 1).points());
    GridPoint.Setup slow = now.get(0).point().setup();
    List<PointRecord> slowed = new ArrayList<>();
    for (PointRecord point : now) {
      slowed.addAll(
          point.point().setup().equals(slow)
              ? RecordedGrid.slowed(List.of(point), 1.5)
              : List.of(point));
    }
    RegressionGate.Verdict verdict =
        RegressionGate.DEFAULT.compare(SampleGrids.grid("then", 5, 1).points(), slowed, 1);

    assertTrue(verdict.worse(), verdict.sentence());
    assertTrue(verdict.sentence().contains(slow.id()), verdict.sentence());
  }

  @Test
  void lessAccurateIsWorseAndConvergesSuspiciously() {
    List<PointRecord> now =
        SampleGrids.grid("now", 4, 1).points().stream()
            .map(RegressionGateTest::lessAccurate)
            .toList();

    RegressionGate.Verdict verdict =
        RegressionGate.DEFAULT.compare(SampleGrids.grid("then", 5, 1).points(), now, 1);

    assertTrue(verdict.worse(), verdict.sentence());
    assertTrue(verdict.sentence().contains("accuracy is 1."), verdict.sentence());
    assertEquals(SampleGrids.GRID.setups().size(), verdict.flags().size());
  }

  @Test
  void setupsThatOnlyOneHasAreNotCompared() {
    List<PointRecord> none = List.of();

    assertFalse(RegressionGate.DEFAULT.compare(none, RECORDED, 1).worse());
  }

  /** Grids that drift by a fifth from night to night make a fifth no news. */
  @Test
  void aGateThatKnowsTheDriftAsksForMore() {
    List<PastGrid> steady = new ArrayList<>();
    List<PastGrid> drifting = new ArrayList<>();
    for (int night = 0; night < 6; night++) {
      steady.add(SampleGrids.grid("night " + night, night, 1));
      drifting.add(SampleGrids.grid("night " + night, night, night % 2 == 0 ? 1 : 1.2));
    }
    List<PointRecord> before = SampleGrids.grid("before", 7, 1).points();
    List<PointRecord> now = SampleGrids.grid("now", 8, 1.3).points();

    assertTrue(RegressionGate.DEFAULT.knowing(steady).compare(before, now, 1).worse());
    assertFalse(RegressionGate.DEFAULT.knowing(drifting).compare(before, now, 1).worse());
    assertEquals(RegressionGate.DEFAULT, RegressionGate.DEFAULT.knowing(steady.subList(0, 4)));
  }

  private static RegressionGate.Verdict compare(int trial, double factor) {
    List<List<PointRecord>> halves = RecordedGrid.halves(RECORDED, trial);
    return RegressionGate.DEFAULT.compare(
        halves.get(0), RecordedGrid.slowed(halves.get(1), factor), trial);
  }

  private static PointRecord lessAccurate(PointRecord p) {
    return new PointRecord(
        p.point(),
        p.problem(),
        p.cores(),
        p.trainExamples(),
        p.accuracies().stream().map(accuracy -> accuracy - 0.015).toList(),
        p.epochSeconds(),
        p.trainSeconds(),
        p.time(),
        p.bytesPerRound(),
        p.parametersSha256(),
        p.fingerprint());
  }
}
