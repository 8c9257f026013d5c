package org.shardmean.average;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BlockTest {
  @Test
  void asManyWorkersAsSlotsHaveABlockEach() {
    assertEquals(List.of(new Block(0, 1), new Block(1, 2)), Block.cut(2, 2));
  }

  @Test
  void slotsThatWouldNotMakeTheRoundShorterStayFree() {
    assertEquals(
        List.of(new Block(0, 2), new Block(2, 4), new Block(4, 6), new Block(6, 8)),
        Block.cut(8, 7));
  }

  @Test
  void aBorderIsMovedALittleToMakeEachBlockASubtree() {
    assertEquals(List.of(new Block(0, 512), new Block(512, 1000)), Block.cut(1000, 2));
    assertEquals(1, partialSums(1000, new Block(0, 512)));
    assertEquals(1, partialSums(1000, new Block(512, 1000)));
  }

  @Test
  void aBorderIsNotMovedFar() {
    assertEquals(List.of(new Block(0, 2), new Block(2, 5)), Block.cut(5, 2));
  }

  @Property
  void everyWorkerIsInOneBlockAndNoBlockIsMuchLongerThanAnEvenOne(
      @ForAll @IntRange(min = 1, max = 3000) int workers,
      @ForAll @IntRange(min = 1, max = 600) int slots) {
    List<Block> cut = Block.cut(workers, slots);

    int even = (workers + slots - 1) / slots;
    int next = 0;
    for (Block block : cut) {
      assertEquals(next, block.first());
      assertTrue(block.size() <= even + even / 8, () -> workers + " on " + slots + ": " + cut);
      next = block.end();
    }
    assertEquals(workers, next);
    assertTrue(cut.size() <= slots, () -> workers + " on " + slots + ": " + cut);
  }

  @Property
  void powersOfTwoNeedOnePartialSumATask(
      @ForAll @IntRange(min = 0, max = 10) int workers,
      @ForAll @IntRange(min = 0, max = 10) int slots) {
    for (Block block : Block.cut(1 << workers, 1 << slots)) {
      assertEquals(1, partialSums(1 << workers, block));
    }
  }

  @Test
  void aBlockWithoutWorkersIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Block(3, 3));
    assertThrows(IllegalArgumentException.class, () -> new Block(-1, 3));
  }

  private static int partialSums(int workers, Block block) {
    return new SumTree(workers).partialSums(block, worker -> 1, Integer::sum).size();
  }
}
