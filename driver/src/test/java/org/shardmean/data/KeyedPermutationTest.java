package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedPermutationTest {
  @Property(tries = 300)
  void everyNumberIsAtOnePlace(@ForAll @IntRange(min = 1, max = 3000) int count, @ForAll long key) {
    KeyedPermutation order = new KeyedPermutation(count, key);

    assertArrayEquals(
        LongStream.range(0, count).toArray(),
        LongStream.range(0, count).map(order::at).sorted().toArray());
    assertEquals(count, order.count());
  }

  /** Too many to go through: different places among the first, the last and some others. */
  @Property(tries = 100)
  void ofManyNumbersNoneIsAtTwoPlaces(
      @ForAll @LongRange(min = 1_000_000, max = KeyedPermutation.MOST) long count,
      @ForAll long key) {
    KeyedPermutation order = new KeyedPermutation(count, key);
    Set<Long> places = new HashSet<>();
    for (long i = 0; i < 500; i++) {
      places.add(i);
      places.add(count - 1 - i);
      places.add(count / 500 * i);
    }

    Set<Long> numbers = new HashSet<>();
    for (long place : places) {
      long number = order.at(place);
      assertTrue(number >= 0 && number < count, () -> place + " gave " + number);
      numbers.add(number);
    }

    assertEquals(places.size(), numbers.size());
  }

  @Property(tries = 100)
  void anotherKeyIsAnotherOrder(
      @ForAll @IntRange(min = 100, max = 3000) int count, @ForAll long key) {
    assertFalse(
        Arrays.equals(
            all(new KeyedPermutation(count, key)), all(new KeyedPermutation(count, ~key))));
    assertArrayEquals(all(new KeyedPermutation(count, key)), all(new KeyedPermutation(count, key)));
  }

  /**
   * Over many keys each number is at each place equally often. Rows and columns of the table have
   * fixed sums, so (n - 1) / n of Pearson's statistic is chi-square with (n - 1)² degrees of
   * freedom; five standard deviations from its mean are far out.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 10, 16, 26, 50})
  void eachNumberIsAtEachPlaceEquallyOften(int count) {
    int keys = 40_000;
    int[][] seen = new int[count][count];
    for (int key = 0; key < keys; key++) {
      KeyedPermutation order = new KeyedPermutation(count, Seeds.draw(17, key));
      for (int place = 0; place < count; place++) {
        seen[place][(int) order.at(place)]++;
      }
    }

    double expected = (double) keys / count;
    double statistic =
        Arrays.stream(seen)
            .flatMapToInt(Arrays::stream)
            .mapToDouble(times -> (times - expected) * (times - expected) / expected)
            .sum();

    double chiSquare = statistic * (count - 1) / count;
    double freedom = (count - 1.0) * (count - 1.0);
    assertTrue(
        Math.abs(chiSquare - freedom) < 5 * Math.sqrt(2 * freedom),
        count + " numbers: " + chiSquare + " of " + freedom);
  }

  /**
   * In one order of two million, neighbours of any distance are as far apart as chance has it: each
   * pair of tenths, of a number and of the one so many places on, is there equally often.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 1000, 1414, 1415})
  void placesTellNothingOfOneAnother(int distance) {
    int count = 2_000_003;
    KeyedPermutation order = new KeyedPermutation(count, 5);
    int[][] pairs = new int[10][10];
    for (int place = 0; place < count; place++) {
      int here = (int) (order.at(place) * 10 / count);
      int there = (int) (order.at((place + distance) % count) * 10 / count);
      pairs[here][there]++;
    }

    double expected = count / 100.0;
    double statistic =
        Arrays.stream(pairs)
            .flatMapToInt(Arrays::stream)
            .mapToDouble(times -> (times - expected) * (times - expected) / expected)
            .sum();

    assertTrue(statistic < 81 + 6 * Math.sqrt(2 * 81), "chi-square " + statistic + " of 81");
  }

  @Test
  void aPlaceThatIsNotThereIsRefused() {
    KeyedPermutation order = new KeyedPermutation(10, 1);

    assertThrows(IndexOutOfBoundsException.class, () -> order.at(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> order.at(10));
    assertThrows(IllegalArgumentException.class, () -> new KeyedPermutation(0, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new KeyedPermutation(KeyedPermutation.MOST + 1, 1));
  }

  /** The order is part of every result on large data. */
  @Test
  void theOrderIsTheSameInEveryVersion() {
    KeyedPermutation order = new KeyedPermutation(1_000_000_000, 42);

    assertArrayEquals(
        new long[] {320807857, 85598379, 885659381, 528203047},
        IntStream.range(0, 4).mapToLong(order::at).toArray());
  }

  private static long[] all(KeyedPermutation order) {
    return LongStream.range(0, order.count()).map(order::at).toArray();
  }
}
