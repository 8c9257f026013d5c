package org.shardmean.experiment.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.shardmean.experiment.statistics.TimeToAccuracy.Run;

class TimeToAccuracyTest {
  @Test
  void theMedianOfTheRuns() {
    TimeToAccuracy time =
        TimeToAccuracy.of(List.of(run(2, 1), run(3, 2), run(4, 3), run(5, 4), run(50, 100)));

    assertEquals(3, time.seconds());
    assertEquals(4, time.epochs());
    assertEquals(0.75, time.secondsPerEpoch(), 1e-12);
    assertEquals(new Interval(1, 100), time.likely());
    assertEquals(1 - 2.0 / 32, time.confidence(), 1e-12);
  }

  @Test
  void aRunThatNeverArrivesTakesLongerThanAnyThatDoes() {
    TimeToAccuracy time = TimeToAccuracy.of(List.of(Run.NEVER, run(2, 5), run(1, 3)));

    assertTrue(time.isReached());
    assertEquals(5, time.seconds());
    assertEquals(2, time.reached());
    assertEquals(3, time.runs());
    assertEquals(new Interval(3, Double.POSITIVE_INFINITY), time.likely());
  }

  @Test
  void whereHalfNeverArriveThereIsNoTime() {
    TimeToAccuracy time = TimeToAccuracy.of(List.of(Run.NEVER, run(2, 5), run(1, 3), Run.NEVER));

    assertFalse(time.isReached());
    assertEquals(2, time.reached());
  }

  @Test
  void oneRunTellsNoRange() {
    assertEquals(0, TimeToAccuracy.of(List.of(run(1, 3))).confidence(), 1e-12);
    assertEquals(4, TimeToAccuracy.of(List.of(run(1, 3), run(1, 5))).seconds());
  }

  /** With ten runs the second and the ninth will do: 1 - 2 x 11/1024. */
  @Test
  void manyRunsNarrowTheRange() {
    List<Run> runs = IntStream.rangeClosed(1, 10).mapToObj(s -> run(1, s)).toList();

    assertEquals(new Interval(2, 9), TimeToAccuracy.of(runs).likely());
    assertEquals(1 - 22.0 / 1024, TimeToAccuracy.of(runs).confidence(), 1e-12);
  }

  @Test
  void theRangeHoldsTheTrueMedianAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(4);
    int held = 0;
    double confidence = 0;
    for (int trial = 0; trial < 1000; trial++) {
      List<Run> runs = new ArrayList<>();
      for (int run = 0; run < 5; run++) {
        runs.add(run(1, -Math.log(random.nextDouble())));
      }
      TimeToAccuracy time = TimeToAccuracy.of(runs);
      held += time.likely().contains(Math.log(2)) ? 1 : 0;
      confidence = time.confidence();
    }
    assertEquals(confidence, held / 1000.0, 0.025);
  }

  private static Run run(int epochs, double seconds) {
    return new Run(epochs, seconds);
  }
}
