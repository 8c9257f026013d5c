package org.shardmean.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AdviceTest {
  private static final Calibration FAST =
      new Calibration(8, Map.of(16, 16e-6, 64, 8e-6, 256, 6e-6), 0.010, 0.020, 0.002, 1_300_000);

  @Test
  void manyImagesAreWorthAllCores() {
    Advice advice = Advice.of(FAST, 1_000_000);

    assertEquals(8, advice.workers());
    assertEquals(64, advice.batchSize());
    assertTrue(advice.roundsPerEpoch() > 1);
    assertTrue(advice.aloneSeconds() / advice.epochSeconds() > 6);
  }

  @Test
  void fewImagesAreBestLeftToOneWorker() {
    Advice advice = Advice.of(FAST, 200);

    assertEquals(1, advice.workers());
    assertTrue(advice.sentence().contains("--workers 1"), advice.sentence());
  }

  @Test
  void aBreakEvenIsNamedWhereWorkersHaveABatchEach() {
    Calibration slowRounds = new Calibration(2, Map.of(64, 8e-6), 0.010, 0.020, 0.002, 1_300_000);
    Calibration cheapRounds = new Calibration(2, Map.of(64, 8e-6), 0.010, 0.0101, 0, 1_300_000);

    String said = Advice.of(slowRounds, 60_000).sentence();
    assertTrue(said.endsWith("x one worker; below 1,250 images an epoch one worker wins."), said);
    said = Advice.of(cheapRounds, 60_000).sentence();
    assertTrue(said.endsWith("x one worker."), said);
  }

  /** On either side of the break-even the other one is faster. */
  @Property
  void oneWorkerWinsBelowTheBreakEven(@ForAll @IntRange(min = 2, max = 8) int workers) {
    long even = Advice.of(FAST, 1_000_000, workers).imagesToBreakEven();
    Advice below = Advice.of(FAST, (int) (even * 0.9), workers);
    Advice above = Advice.of(FAST, (int) (even * 1.1), workers);

    assertTrue(below.epochSeconds() > below.aloneSeconds());
    assertTrue(above.epochSeconds() < above.aloneSeconds());
  }

  /** Rounds cost at most a tenth of the steps, unless a single one costs more. */
  @Property
  void roundsStayCheap(@ForAll @IntRange(min = 1, max = 5_000_000) int images) {
    Advice advice = Advice.of(FAST, images);
    double rounds = advice.roundsPerEpoch() * FAST.roundSeconds(advice.workers());

    assertTrue(
        advice.roundsPerEpoch() == 1 || rounds <= 0.1 * (advice.epochSeconds() - rounds) + 1e-9);
  }
}
