package org.shardmean.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.shardmean.data.RandomOrder;

class RoundPlanTest {
  @Property
  void theRoundsOfAnEpochDoEveryBatchOnceAndInOrder(
      @ForAll @IntRange(min = 1, max = 50) int rounds,
      @ForAll @IntRange(min = 0, max = 5000) int batches) {
    int next = 0;
    for (int round = 1; round <= rounds; round++) {
      RoundPlan plan = new RoundPlan(1, 3, rounds, 2, round);
      assertEquals(next, plan.firstBatch(batches));
      next = plan.endBatch(batches);
      int most = (batches + rounds - 1) / rounds;
      assertTrue(next - plan.firstBatch(batches) <= most);
    }
    assertEquals(batches, next);
  }

  @Property
  void anEpochsOrderHoldsEveryExampleOnce(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 300) int examples) {
    int[] order = new RoundPlan(seed, 2, 4, 1, 1).order(3, examples).copy(0, examples);
    Arrays.sort(order);
    assertArrayEquals(IntStream.range(0, examples).toArray(), order);
  }

  @Test
  void theOrderIsTheSameForAllRoundsOfAnEpochAndForNothingElse() {
    RoundPlan plan = new RoundPlan(5, 3, 4, 2, 1);
    int[] order = plan.order(0, 100).copy(0, 100);
    assertArrayEquals(order, new RoundPlan(5, 3, 4, 2, 4).order(0, 100).copy(0, 100));
    for (RandomOrder other :
        List.of(
            plan.order(1, 100),
            new RoundPlan(5, 3, 4, 3, 1).order(0, 100),
            new RoundPlan(6, 3, 4, 2, 1).order(0, 100))) {
      assertTrue(!Arrays.equals(order, other.copy(0, 100)));
    }
  }

  @Test
  void progressRunsFromZeroToOneOverTheWholeRun() {
    assertEquals(0.5 / 30, new RoundPlan(1, 3, 1, 1, 1).progress(0, 10), 1e-12);
    assertEquals(29.5 / 30, new RoundPlan(1, 3, 1, 3, 1).progress(9, 10), 1e-12);
  }

  @Test
  void epochsAndRoundsOutsideTheRunAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new RoundPlan(1, 3, 2, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new RoundPlan(1, 3, 2, 4, 1));
    assertThrows(IllegalArgumentException.class, () -> new RoundPlan(1, 3, 2, 1, 3));
  }
}
