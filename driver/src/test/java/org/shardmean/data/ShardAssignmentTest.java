package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ShardAssignmentTest {
  private static final int CLASSES = 7;

  @Property(tries = 200)
  void everyExampleIsInExactlyOneShard(
      @ForAll("labels") int[] labels,
      @ForAll @IntRange(min = 1, max = 60) int k,
      @ForAll long seed) {
    int workers = Math.min(k, labels.length);
    ShardAssignment shards = assign(labels, workers, seed);

    int[] dealt =
        IntStream.range(0, workers)
            .flatMap(w -> IntStream.of(shards.examplesOf(w)))
            .sorted()
            .toArray();

    assertArrayEquals(IntStream.range(0, labels.length).toArray(), dealt);
    assertEquals(workers, shards.workers());
    assertEquals(labels.length, shards.count());
  }

  @Property(tries = 200)
  void shardsDifferByAtMostOneExampleInAllAndInEachClass(
      @ForAll("labels") int[] labels,
      @ForAll @IntRange(min = 1, max = 60) int k,
      @ForAll long seed) {
    int workers = Math.min(k, labels.length);
    ShardAssignment shards = assign(labels, workers, seed);

    assertTrue(spread(IntStream.range(0, workers).map(shards::sizeOf)) <= 1);
    for (int c = 0; c < CLASSES; c++) {
      int wanted = c;
      IntStream counts =
          IntStream.range(0, workers)
              .map(
                  w ->
                      (int)
                          IntStream.of(shards.examplesOf(w))
                              .filter(i -> labels[i] == wanted)
                              .count());
      assertTrue(spread(counts) <= 1, "class " + c);
    }
  }

  @Property(tries = 100)
  void shardsDependOnTheArgumentsAlone(
      @ForAll("labels") int[] labels, @ForAll long seed, @ForAll @IntRange(max = 9) int epoch) {
    int workers = Math.min(3, labels.length);

    assertEquals(assign(labels, workers, seed), assign(labels.clone(), workers, seed));
    assertEquals(
        assign(labels, workers, seed).reshuffled(epoch),
        assign(labels, workers, seed).reshuffled(1).reshuffled(epoch));
    assertEquals(assign(labels, workers, seed), assign(labels, workers, seed).reshuffled(0));
  }

  @Test
  void anotherSeedOrEpochDealsOtherwise() {
    int[] labels = IntStream.range(0, 1000).map(i -> i % CLASSES).toArray();
    ShardAssignment first = assign(labels, 4, 1);

    assertNotEquals(first, assign(labels, 4, 2));
    assertNotEquals(first, first.reshuffled(1));
    assertNotEquals(first.reshuffled(1), first.reshuffled(2));
  }

  @Test
  void oneWorkerHasEverythingInOrder() {
    ShardAssignment shards = assign(new int[] {3, 1, 1, 0, 3}, 1, 9);

    assertArrayEquals(new int[] {0, 1, 2, 3, 4}, shards.examplesOf(0));
  }

  @Test
  void whatIsHandedOutIsACopy() {
    ShardAssignment shards = assign(new int[] {0, 1, 2}, 1, 9);

    shards.examplesOf(0)[0] = 2;

    assertArrayEquals(new int[] {0, 1, 2}, shards.examplesOf(0));
  }

  @Test
  void moreWorkersThanImagesAreRefused() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> assign(new int[] {0, 1, 2}, 4, 9));

    assertEquals(
        "workers must be at most the number of training images, 3, found 4", refused.getMessage());
    assertThrows(IllegalArgumentException.class, () -> assign(new int[] {0, 1, 2}, 0, 9));
  }

  @Test
  void aLabelPastTheClassesIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> assign(new int[] {0, CLASSES}, 1, 9));
    assertThrows(IllegalArgumentException.class, () -> assign(new int[] {0, -1}, 1, 9));
  }

  @Test
  void overAMillionEveryExampleIsInExactlyOneShardWhateverItsLabel() {
    int count = ShardAssignment.MOST_LISTED + 7;
    for (int workers : new int[] {1, 2, 3, 64, 1001}) {
      ShardAssignment shards =
          ShardAssignment.of(count, 10, ShardAssignmentTest::noLabel, workers, 42);
      BitSet dealt = new BitSet(count);
      for (int w = 0; w < workers; w++) {
        int[] shard = shards.examplesOf(w);
        assertEquals(shards.sizeOf(w), shard.length);
        assertArrayEquals(IntStream.of(shard).sorted().toArray(), shard);
        IntStream.of(shard).forEach(dealt::set);
      }

      assertEquals(count, IntStream.range(0, workers).map(shards::sizeOf).sum());
      assertEquals(count, dealt.cardinality());
      assertEquals(count, dealt.length());
      assertTrue(spread(IntStream.range(0, workers).map(shards::sizeOf)) <= 1);
    }
  }

  /** Images that stand in the order of their class, as many files have them. */
  @Test
  void overAMillionAClassIsSpreadAsChanceHasIt() {
    int count = 2_000_000;
    ShardAssignment shards = ShardAssignment.of(count, 10, ShardAssignmentTest::noLabel, 16, 3);
    double expected = count / 160.0;
    double deviation = Math.sqrt(expected * 0.9 * 15 / 16); // Hypergeometric.
    for (int w = 0; w < 16; w++) {
      int[] perClass = new int[10];
      IntStream.of(shards.examplesOf(w)).forEach(i -> perClass[(int) (10L * i / count)]++);
      for (int images : perClass) {
        assertEquals(expected, images, 4.5 * deviation);
      }
    }
  }

  @Test
  void overAMillionAnotherSeedOrEpochDealsOtherwiseAndEqualOnesAlike() {
    ShardAssignment first = many(4, 1);

    assertEquals(first, many(4, 1));
    assertEquals(first.hashCode(), many(4, 1).hashCode());
    assertEquals(first, first.reshuffled(3).reshuffled(0));
    assertNotEquals(first, many(4, 2));
    assertNotEquals(first, many(5, 1));
    assertNotEquals(first, first.reshuffled(1));
    assertFalse(Arrays.equals(first.examplesOf(0), first.reshuffled(1).examplesOf(0)));
    assertFalse(Arrays.equals(first.examplesOf(0), many(4, 2).examplesOf(0)));
  }

  @Test
  void oneOfAMillionWorkersOfTwoThousandMillionExamplesIsDealtAtOnce() {
    ShardAssignment shards =
        ShardAssignment.of(2_000_000_000, 10, ShardAssignmentTest::noLabel, 1_000_000, 1);

    int[] shard = shards.examplesOf(999_999);

    assertEquals(2000, shard.length);
    assertTrue(shard[0] >= 0 && shard[1999] < 2_000_000_000);
    assertTrue(shard[1000] > 500_000_000 && shard[1000] < 1_500_000_000);
    assertThrows(IndexOutOfBoundsException.class, () -> shards.examplesOf(1_000_000));
  }

  private static int noLabel(int i) {
    throw new AssertionError("the label of example " + i + " was looked at");
  }

  private static ShardAssignment many(int workers, long seed) {
    return ShardAssignment.of(1_500_000, 10, ShardAssignmentTest::noLabel, workers, seed);
  }

  @Provide
  Arbitrary<int[]> labels() {
    return Arbitraries.integers()
        .between(0, CLASSES - 1)
        .array(int[].class)
        .ofMinSize(1)
        .ofMaxSize(300);
  }

  private static ShardAssignment assign(int[] labels, int workers, long seed) {
    return ShardAssignment.of(labels.length, CLASSES, i -> labels[i], workers, seed);
  }

  private static int spread(IntStream values) {
    int[] all = values.toArray();
    return Arrays.stream(all).max().orElseThrow() - Arrays.stream(all).min().orElseThrow();
  }
}
