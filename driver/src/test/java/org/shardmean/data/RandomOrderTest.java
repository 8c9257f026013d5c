package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomOrderTest {
  private static final int MOST = ShardAssignment.MOST_LISTED;

  @Test
  void upToAMillionTheOrderIsAShuffledList() {
    for (int count : new int[] {0, 1, 5000, MOST}) {
      RandomOrder order = new RandomOrder(count, 7);

      assertArrayEquals(
          Seeds.permutation(count, new SplittableRandom(7)), order.copy(0, order.count()));
    }
  }

  @Test
  void ofMoreEachNumberIsThereOnceAndAPartIsWhatTheWholeHasThere() {
    int count = MOST + 1;
    RandomOrder order = new RandomOrder(count, 7);
    int[] all = order.copy(0, count);

    BitSet seen = new BitSet(count);
    Arrays.stream(all).forEach(seen::set);
    assertEquals(count, seen.cardinality());
    assertEquals(count, seen.length());
    assertArrayEquals(Arrays.copyOfRange(all, 900_000, 900_128), order.copy(900_000, 128));
    assertFalse(Arrays.equals(all, new RandomOrder(count, 8).copy(0, count)));
  }

  @Test
  void anOrderKnowsWhatItIsOf() {
    RandomOrder order = new RandomOrder(30, 7);

    assertTrue(order.isOf(30, 7));
    assertFalse(order.isOf(31, 7));
    assertFalse(order.isOf(30, 8));
  }
}
