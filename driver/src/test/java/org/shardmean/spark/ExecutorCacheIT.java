package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.shardmean.average.AveragingSettings;
import org.shardmean.train.EngineKind;

class ExecutorCacheIT {
  @Test
  void whatIsIdleIsClosedWhenTheContextStops() {
    for (int run = 1; run <= 2; run++) {
      try (JavaSparkContext spark = LocalSpark.withCores(2)) {
        Runs.run(
            spark,
            Runs.generated(100, 10),
            Runs.config(
                Runs.SMALL,
                1,
                Runs.adam(EngineKind.FUSED, 1e-3, 16),
                AveragingSettings.mean(2, 1)));
        assertTrue(ExecutorCache.idle() > 0, "engines are kept for the next round");
      }
      assertEquals(0, ExecutorCache.idle());
    }
  }

  @Test
  void afterWorkThatFailsTheItemIsClosedAndTheFailureIsTheOneThatIsTold() {
    int[] closed = {0};
    AutoCloseable item =
        () -> {
          closed[0]++;
          throw new IllegalArgumentException("nor can it be closed");
        };
    IllegalStateException failure = new IllegalStateException("the work failed");

    Throwable thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                ExecutorCache.use(
                    "broken",
                    () -> item,
                    borrowed -> {
                      throw failure;
                    }));

    assertSame(failure, thrown);
    assertEquals(1, closed[0]);
    assertArrayEquals(
        new String[] {"nor can it be closed"},
        new String[] {thrown.getSuppressed()[0].getMessage()});
  }
}
