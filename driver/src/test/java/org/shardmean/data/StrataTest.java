package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StrataTest {
  @Property(tries = 500)
  void everyNumberIsInOnePartAndBothAscend(
      @ForAll @IntRange(min = 2, max = 2000) int count,
      @ForAll @DoubleRange(min = 0, max = 1) double share,
      @ForAll long seed) {
    int draws = Math.max(1, Math.min(count - 1, (int) Math.round(share * count)));
    Strata strata = new Strata(count, draws, seed);
    int[] drawn = new Strata.Drawn(strata).toArray();
    int[] rest = new Strata.Rest(strata).toArray();

    assertEquals(draws, drawn.length);
    assertArrayEquals(IntStream.of(drawn).sorted().toArray(), drawn);
    assertArrayEquals(IntStream.of(rest).sorted().toArray(), rest);
    assertArrayEquals(
        IntStream.range(0, count).toArray(),
        IntStream.concat(IntStream.of(drawn), IntStream.of(rest)).sorted().toArray());
  }

  @Property(tries = 200)
  void oneIsDrawnFromEachRun(@ForAll @IntRange(min = 1, max = 300) int runs, @ForAll long seed) {
    Strata.Drawn drawn = new Strata.Drawn(new Strata(7 * runs, runs, seed));

    for (int run = 0; run < runs; run++) {
      assertEquals(run, drawn.at(run) / 7);
    }
  }

  @Test
  void eachPlaceOfARunIsDrawnEquallyOften() {
    int runs = 70_000;
    Strata.Drawn drawn = new Strata.Drawn(new Strata(7 * runs, runs, 3));
    int[] times = new int[7];
    IntStream.range(0, runs).forEach(run -> times[drawn.at(run) % 7]++);

    double statistic = Arrays.stream(times).mapToDouble(n -> (n - 1e4) * (n - 1e4) / 1e4).sum();

    assertTrue(statistic < 6 + 6 * Math.sqrt(12), Arrays.toString(times));
  }

  @Test
  void theLastOfTwoThousandMillionAreReached() {
    Strata strata = new Strata(2_000_000_000, 199_999_999, 1);
    Strata.Rest rest = new Strata.Rest(strata);

    assertTrue(rest.at(rest.count() - 1) >= 2_000_000_000 - 2);
    assertTrue(new Strata.Drawn(strata).at(199_999_998) >= 2_000_000_000 - 12);
  }

  @Test
  void anotherSeedDrawsOtherNumbers() {
    assertFalse(
        Arrays.equals(
            new Strata.Drawn(new Strata(1000, 100, 1)).toArray(),
            new Strata.Drawn(new Strata(1000, 100, 2)).toArray()));
  }

  @Test
  void aPartThatIsEmptyIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Strata(10, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Strata(10, 10, 1));
  }
}
