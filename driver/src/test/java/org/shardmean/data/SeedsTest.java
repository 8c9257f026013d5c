package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.shardmean.data.Seeds.Purpose;

class SeedsTest {
  @Property(tries = 100)
  void aPermutationHoldsEveryNumberOnce(@ForAll @IntRange(max = 500) int count, @ForAll long seed) {
    int[] order = Seeds.permutation(count, new SplittableRandom(seed));

    assertArrayEquals(IntStream.range(0, count).toArray(), IntStream.of(order).sorted().toArray());
  }

  @Property(tries = 100)
  void everyArgumentAndItsPlaceCounts(@ForAll long seed) {
    Set<Long> seeds = new HashSet<>();
    for (Purpose purpose : Purpose.values()) {
      seeds.add(Seeds.mix(seed, purpose));
      seeds.add(Seeds.mix(seed, purpose, 0));
      seeds.add(Seeds.mix(seed, purpose, 0, 0));
      seeds.add(Seeds.mix(seed, purpose, 1, 2));
      seeds.add(Seeds.mix(seed, purpose, 2, 1));
      seeds.add(Seeds.mix(seed + 1, purpose));
    }

    assertEquals(6 * Purpose.values().length, seeds.size());
  }

  @Property(tries = 100)
  void aDrawIsTheOutputOfJavasGeneratorAtItsPosition(@ForAll long seed) {
    SplittableRandom generator = new SplittableRandom(seed);
    for (int position = 0; position < 20; position++) {
      assertEquals(generator.nextLong(), Seeds.draw(seed, position));
    }
  }

  @Test
  void everyOrderOfThreeComesUpAboutAsOften() {
    int[] seen = new int[222];
    for (int i = 0; i < 6000; i++) {
      int[] order = Seeds.permutation(3, Seeds.generator(1, Purpose.SHUFFLE, i));
      seen[100 * order[0] + 10 * order[1] + order[2]]++;
    }

    for (int order : new int[] {12, 21, 102, 120, 201, 210}) {
      // Six standard deviations of a binomial count with mean 1000.
      assertEquals(
          1000, seen[order], 6 * Math.sqrt(6000 * (1 / 6.0) * (5 / 6.0)), "order " + order);
    }
  }
}
