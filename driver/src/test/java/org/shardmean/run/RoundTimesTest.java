package org.shardmean.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RoundTimesTest {
  @Test
  void twoWorkersOnTwoCoresWaitForTheSlower() {
    TimeSplit split = RoundTimes.split(1.0, List.of(0.6, 0.8), List.of("driver", "driver"), 2);
    assertEquals(0.7, split.compute(), 1e-12);
    assertEquals(0.1, split.waiting(), 1e-12);
    assertEquals(0.2, split.sync(), 1e-12);
    assertEquals(0, split.evaluation());
  }

  @Test
  void moreWorkersThanCoresTakeTurns() {
    TimeSplit split =
        RoundTimes.split(2.5, List.of(1.0, 1.0, 1.0, 1.0), Collections.nCopies(4, "driver"), 2);
    assertEquals(2.0, split.compute(), 1e-12);
    assertEquals(0, split.waiting(), 1e-12);
    assertEquals(0.5, split.sync(), 1e-12);
  }

  @Test
  void anExecutorWithMoreWorkersIsWaitedFor() {
    TimeSplit split =
        RoundTimes.split(3.2, List.of(1.0, 1.0, 1.0, 1.0), List.of("0", "0", "0", "1"), 1);
    assertEquals(2.0, split.compute(), 1e-12);
    assertEquals(1.0, split.waiting(), 1e-12);
    assertEquals(0.2, split.sync(), 1e-12);
  }

  @Property
  void thePartsAddUpAndNoneIsNegative(
      @ForAll @Size(min = 1, max = 9) List<@DoubleRange(min = 0, max = 5) Double> workers,
      @ForAll @DoubleRange(min = 0.01, max = 10) double seconds,
      @ForAll @IntRange(min = 1, max = 4) int cores) {
    TimeSplit split =
        RoundTimes.split(seconds, workers, Collections.nCopies(workers.size(), "0"), cores);
    assertEquals(seconds, split.total(), 1e-9);
    assertTrue(
        split.compute() >= 0 && split.waiting() >= 0 && split.sync() >= -1e-12, split.toString());
  }
}
