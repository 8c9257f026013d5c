package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
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
  void eightMillionExamplesAreDealt() {
    int count = 8_000_000;
    ShardAssignment shards = ShardAssignment.of(count, 10, i -> i * 7 % 10, 128, 42);

    assertEquals(count, IntStream.range(0, 128).map(shards::sizeOf).sum());
    assertEquals(62_500, shards.sizeOf(127));
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
