package org.shardmean.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shardmean.experiment.SampleGrids.ENGLISH;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.shardmean.experiment.RegressionGate.Verdict;

class RegressionGateTest {
  private static final List<PointRecord> RECORDED = RecordedGrid.noise();
  private static final RegressionGate GATE = RegressionGate.DEFAULT;

  /** One recording in two parts by lot: what the test does where runs are exchangeable. */
  @Test
  void twoPartsOfOneGridHardlyEverRaiseAnAlarm() {
    int alarms = 0;
    for (int trial = 1; trial <= 300; trial++) {
      alarms += compareParts(trial, 1).worse() ? 1 : 0;
    }
    assertTrue(alarms <= 3, alarms + " of 300");
  }

  /** Seven processes, 10 to 27 minutes apart: only the machine's load changed. */
  @Test
  void gridsOfSeparateProcessesEndInTheSameBits() {
    List<PastGrid> nights = RecordedGrid.nights();
    assertEquals(7, nights.size());
    for (PastGrid night : nights.subList(1, nights.size())) {
      String sentence = compare(nights.get(0), night).sentence(ENGLISH);
      assertTrue(sentence.contains("each of 12 runs ended in the same bits"), sentence);
    }
  }

  /**
   * The load made whole grids up to five times as slow, which repeats within a grid do not show.
   */
  @Test
  void aBusyMachineRaisesFalseAlarmsOnlyUntilItsDriftIsKnown() {
    List<PastGrid> nights = RecordedGrid.nights();
    assertTrue(compare(nights.get(0), nights.get(4)).worse());

    for (int now = 5; now < nights.size(); now++) {
      List<PastGrid> history = nights.subList(0, now);
      for (PastGrid baseline : history) {
        Verdict verdict = GATE.compare(baseline, history, nights.get(now));
        assertFalse(verdict.worse(), now + ": " + verdict.sentence(ENGLISH));
        assertTrue(
            verdict.sentence(ENGLISH).startsWith("No loss was found. "), verdict.sentence(ENGLISH));
      }
    }
  }

  /** The bar: the recorded runs themselves, half of them slowed by 30%. */
  @Test
  void aThirdSlowerRaisesItEveryTimeOnWhatWasRecorded() {
    for (int trial = 1; trial <= 20; trial++) {
      Verdict verdict = compareParts(trial, 1.3);
      assertTrue(verdict.worse(), trial + ": " + verdict.sentence(ENGLISH));
    }
  }

  /** With three seeds of each setup and times that scatter by 6%, drawn for every trial. */
  @Test
  void aThirdSlowerRaisesItEveryTimeOnDrawnGrids() {
    for (int trial = 1; trial <= 20; trial++) {
      Verdict verdict = compare(night(1, 2 * trial, 1, 0.06), night(2, 2 * trial + 1, 1.3, 0.06));
      assertTrue(verdict.worse(), trial + ": " + verdict.sentence(ENGLISH));
    }
  }

  @Test
  void drawnGridsThatAreAlikeRaiseNoAlarm() {
    for (int trial = 1; trial <= 100; trial++) {
      Verdict verdict = compare(night(1, 2 * trial, 1, 0.06), night(2, 2 * trial + 1, 1, 0.06));
      assertFalse(verdict.worse(), trial + ": " + verdict.sentence(ENGLISH));
    }
  }

  @Test
  void fasterIsNotWorse() {
    assertFalse(compareParts(1, 0.7).worse());
  }

  @Test
  void oneSetupOfEightThatBecameMuchSlowerIsFound() {
    PastGrid now = night(2, 4, 1, 0.03);
    String slow = now.points().get(0).point().setup().id();

    Verdict verdict =
        compare(
            night(1, 5, 1, 0.03),
            Altered.each(
                now,
                run -> run.point().setup().id().equals(slow) ? Altered.slower(run, 1.5) : run));

    assertTrue(verdict.worse(), verdict.sentence(ENGLISH));
    assertTrue(
        verdict.sentence(ENGLISH).contains("An epoch of " + slow), verdict.sentence(ENGLISH));
  }

  /** Twelve percent a night: no night is 15% slower than the one before, each is found by then. */
  @Test
  void theAlarmDoesNotEndWithTheNightAndSmallStepsAddUp() {
    PastGrid baseline = night(1, 1, 1, 0.03);
    List<PastGrid> history = new ArrayList<>(List.of(baseline));
    for (int later = 2; later <= 5; later++) {
      PastGrid now = night(later, later, Math.pow(1.12, later - 1), 0.03);
      Verdict verdict = GATE.compare(baseline, history, now);
      assertEquals(later > 2, verdict.worse(), later + ": " + verdict.sentence(ENGLISH));
      history.add(now);
    }
  }

  /** 1.5% a night stays below 15% for nine nights; the trend tells after seven. */
  @Test
  void aSlowCreepIsFoundByItsTrend() {
    List<PastGrid> history = new ArrayList<>();
    for (int later = 0; later < 8; later++) {
      history.add(night(later, later, Math.pow(1.015, later), 0.01));
    }
    PastGrid now = night(8, 8, Math.pow(1.015, 8), 0.01);

    Verdict verdict = GATE.compare(history.get(0), history, now);

    assertTrue(verdict.worse(), verdict.sentence(ENGLISH));
    assertTrue(
        verdict.findings().stream()
            .anyMatch(one -> one.worse() && one.sentence(ENGLISH).startsWith("Over the 9 grids")),
        verdict.sentence(ENGLISH));
  }

  @Test
  void nightsThatOnlyVaryShowNoTrend() {
    for (int trial = 0; trial < 50; trial++) {
      SplittableRandom random = new SplittableRandom(trial);
      List<PastGrid> history = new ArrayList<>();
      for (int later = 0; later < 9; later++) {
        history.add(night(later, 100 * trial + later, 1 + 0.03 * random.nextGaussian(), 0.03));
      }
      Verdict verdict = GATE.compare(history.get(0), history.subList(0, 8), history.get(8));
      assertFalse(verdict.worse(), trial + ": " + verdict.sentence(ENGLISH));
    }
  }

  /** Grids that drift by a fifth from night to night make a fifth no news. */
  @Test
  void aGateThatKnowsTheDriftAsksForMore() {
    List<PastGrid> steady = new ArrayList<>();
    List<PastGrid> drifting = new ArrayList<>();
    for (int later = 1; later <= 6; later++) {
      steady.add(night(later, later, 1, 0.03));
      drifting.add(night(later, later, later % 2 == 1 ? 1 : 1.2, 0.03));
    }
    PastGrid now = night(8, 8, 1.3, 0.03);

    assertTrue(GATE.compare(steady.get(0), steady, now).worse());
    assertFalse(GATE.compare(drifting.get(0), drifting, now).worse());
    assertEquals(GATE, GATE.knowingDriftOf(steady.subList(0, 4)));
  }

  @Test
  void gridsThatWereRunOtherwiseTellNothingOfTheDrift() {
    List<PastGrid> others = new ArrayList<>();
    for (int later = 1; later <= 6; later++) {
      PastGrid drifting = night(later, later, later % 2 == 1 ? 1 : 1.4, 0.03);
      others.add(Altered.each(drifting, run -> Altered.withFact(run, Fingerprint.SLOTS, "16")));
    }
    PastGrid baseline = night(7, 7, 1, 0.03);
    others.add(baseline);

    assertTrue(GATE.compare(baseline, others, night(8, 8, 1.3, 0.03)).worse());
  }

  @Test
  void theSameBitsAreAsAccurate() {
    Verdict verdict = compare(night(1, 1, 1, 0.03), night(2, 2, 1, 0.03));

    assertTrue(
        verdict.sentence(ENGLISH).contains("each of 24 runs ended in the same bits"),
        verdict.sentence(ENGLISH));
  }

  /** Two setups of three seeds: the permutation test passed this four times of five. */
  @Test
  void aCollapseIsFoundWithTwoSetupsOfThreeSeeds() {
    PastGrid before = few(night(1, 1, 1, 0.03), 6);
    PastGrid now = few(night(2, 2, 1, 0.03), 6);
    int runs = before.points().size();

    Verdict verdict =
        compare(before, Altered.each(now, run -> Altered.otherBits(run, "beef", 0.88)));

    assertTrue(runs <= 6 && verdict.worse(), verdict.sentence(ENGLISH));
    assertTrue(
        verdict.sentence(ENGLISH).contains("changed by -88.00 points"), verdict.sentence(ENGLISH));
  }

  @Test
  void halfAPointLessIsFoundAndNoLossIsNot() {
    int found = 0;
    int falseAlarms = 0;
    for (int trial = 0; trial < 100; trial++) {
      SplittableRandom random = new SplittableRandom(trial);
      PastGrid before = few(night(1, 1, 1, 0.03), 6);
      PastGrid now = few(night(2, 2, 1, 0.03), 6);
      found += compare(before, Altered.otherBits(now, "beef", 0.005, random)).worse() ? 1 : 0;
      falseAlarms += compare(before, Altered.otherBits(now, "beef", 0, random)).worse() ? 1 : 0;
    }
    assertTrue(found >= 95, found + " of 100 found");
    assertTrue(falseAlarms <= 2, falseAlarms + " of 100 false");
  }

  @Test
  void oneSetupThatLostAPointIsNamed() {
    PastGrid now = night(2, 2, 1, 0.03);
    String worse = now.points().get(0).point().setup().id();

    Verdict verdict =
        compare(
            night(1, 1, 1, 0.03),
            Altered.each(
                now,
                run ->
                    run.point().setup().id().equals(worse)
                        ? Altered.otherBits(run, "beef", 0.01)
                        : run));

    assertTrue(verdict.worse(), verdict.sentence(ENGLISH));
    assertTrue(verdict.sentence(ENGLISH).contains("That of " + worse + " fell by 1.00 points"));
    assertTrue(verdict.sentence(ENGLISH).contains("3 of 24 runs that ended in other bits"));
  }

  @Test
  void otherBitsOfTheSameCommitAreAnAlarm() {
    PastGrid before = night(1, 1, 1, 0.03);
    PastGrid now =
        Altered.each(night(2, 2, 1, 0.03), run -> Altered.otherBits(run, SampleGrids.COMMIT, 0));

    assertTrue(compare(before, now).worse());
    assertTrue(
        compare(before, now)
            .sentence(ENGLISH)
            .contains("24 of 24 runs ended in other bits than before"),
        compare(before, now).sentence(ENGLISH));
  }

  @Test
  void repeatsThatEndInOtherBitsAreAnAlarm() {
    PastGrid now = RecordedGrid.asGrid("2", RECORDED);
    PointRecord odd = Altered.otherBits(RECORDED.get(5), "beef", 0);

    Verdict verdict =
        compare(
            RecordedGrid.asGrid("1", RECORDED),
            Altered.each(now, run -> run.point().equals(odd.point()) ? odd : run));

    assertTrue(verdict.worse(), verdict.sentence(ENGLISH));
    assertTrue(verdict.sentence(ENGLISH).contains("than the first run of its setup and seed"));
  }

  @Test
  void aGateThatCannotNoticeHalfAPointSaysSo() {
    PastGrid small = Altered.each(few(night(1, 1, 1, 0.03), 3), run -> validated(run, 333));
    PastGrid now =
        Altered.each(
            few(night(2, 2, 1, 0.03), 3),
            run -> validated(Altered.otherBits(run, "beef", 0.005), 333));

    String sentence = compare(small, now).sentence(ENGLISH);

    assertTrue(sentence.contains("run more seeds, or validate on more images"), sentence);
  }

  @Test
  void singleRunsCannotBeComparedAndItSaysSo() {
    PastGrid one = Altered.only(night(1, 1, 1, 0.03), run -> run.point().seed() == 1);
    PastGrid now = Altered.only(night(2, 2, 3, 0.03), run -> run.point().seed() == 1);

    Verdict verdict = compare(one, now);

    assertFalse(verdict.worse());
    assertTrue(
        verdict.sentence(ENGLISH).contains("no setup ran at least twice"),
        verdict.sentence(ENGLISH));
  }

  @Test
  void pointsThatOnlyOneHasAreNotCompared() {
    PastGrid small = Altered.only(night(1, 1, 1, 0.03), run -> run.point().setup().workers() < 4);

    Verdict verdict = compare(small, night(2, 2, 1, 0.03));

    assertTrue(verdict.sentence(ENGLISH).contains("over 4 setups"), verdict.sentence(ENGLISH));
    assertTrue(verdict.sentence(ENGLISH).contains("each of 12 runs"), verdict.sentence(ENGLISH));
  }

  private static Verdict compare(PastGrid before, PastGrid now) {
    return GATE.compare(before, List.of(before), now);
  }

  private static Verdict compareParts(int trial, double factor) {
    List<List<PointRecord>> halves = RecordedGrid.halves(RECORDED, trial);
    return compare(
        RecordedGrid.asGrid("1", halves.get(0)),
        Altered.slower(RecordedGrid.asGrid("2", halves.get(1)), factor));
  }

  private static PastGrid night(int number, int seed, double factor, double noise) {
    return SampleGrids.grid("2026-01-%02dT02:00:00Z".formatted(number + 1), seed, factor, noise);
  }

  /** The first setups alone, of so many runs. */
  private static PastGrid few(PastGrid grid, int runs) {
    List<String> setups =
        grid.points().stream().map(run -> run.point().setup().id()).distinct().sorted().toList();
    return Altered.only(
        grid, run -> setups.subList(0, runs / 3).contains(run.point().setup().id()));
  }

  private static PointRecord validated(PointRecord run, int images) {
    return Altered.validatedOn(run, images);
  }
}
