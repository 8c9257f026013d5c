package org.shardmean.average;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Sums are texts here, so that every addition and its order can be seen. */
class SumTreeTest {
  @Test
  void aNodeIsSplitAfterTheLargestPowerOfTwo() {
    assertEquals("0", whole(1));
    assertEquals("(0 1)", whole(2));
    assertEquals("((0 1) 2)", whole(3));
    assertEquals("((0 1) (2 3))", whole(4));
    assertEquals("(((0 1) (2 3)) ((4 5) 6))", whole(7));
    assertEquals("((((0 1) (2 3)) ((4 5) (6 7))) 8)", whole(9));
  }

  @Test
  void aBlockHasOneSumForEachOfItsLargestSubtrees() {
    assertEquals(List.of("((0 1) (2 3))"), partialSums(7, 0, 4));
    assertEquals(List.of("((4 5) 6)"), partialSums(7, 4, 7));
    assertEquals(List.of("1", "(2 3)", "(4 5)"), partialSums(7, 1, 6));
    assertEquals(List.of("(((0 1) (2 3)) ((4 5) 6))"), partialSums(7, 0, 7));
  }

  @Property
  void anyCutComesToTheSameAdditions(
      @ForAll @IntRange(min = 1, max = 300) int leaves,
      @ForAll @Size(max = 40) Set<@IntRange(min = 1, max = 299) Integer> borders) {
    List<Block> blocks = blocks(leaves, borders);
    SumTree tree = new SumTree(leaves);
    List<Integer> asked = new ArrayList<>();

    List<List<String>> sums = new ArrayList<>();
    for (Block block : blocks) {
      sums.add(
          tree.partialSums(
              block,
              leaf -> {
                asked.add(leaf);
                return Integer.toString(leaf);
              },
              SumTreeTest::plus));
      int most = Math.max(1, 2 * (32 - Integer.numberOfLeadingZeros(block.size())));
      assertTrue(sums.get(sums.size() - 1).size() <= most, block::toString);
    }

    assertEquals(whole(leaves), tree.total(blocks, sums, SumTreeTest::plus));
    assertEquals(IntStream.range(0, leaves).boxed().toList(), asked);
  }

  @Test
  void aTreeWithoutLeavesIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new SumTree(0));
  }

  private static List<Block> blocks(int leaves, Set<Integer> borders) {
    List<Block> blocks = new ArrayList<>();
    int first = 0;
    for (int border : new TreeSet<>(borders)) {
      if (border < leaves) {
        blocks.add(new Block(first, border));
        first = border;
      }
    }
    blocks.add(new Block(first, leaves));
    return blocks;
  }

  private static String whole(int leaves) {
    return partialSums(leaves, 0, leaves).get(0);
  }

  private static List<String> partialSums(int leaves, int first, int end) {
    return new SumTree(leaves)
        .partialSums(new Block(first, end), Integer::toString, SumTreeTest::plus);
  }

  private static String plus(String left, String right) {
    return "(" + left + " " + right + ")";
  }
}
