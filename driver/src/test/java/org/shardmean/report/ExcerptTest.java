package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void aShortListIsWhole() {
    assertEquals(new Excerpt<>(List.of(1, 2, 3), 3, 0), Excerpt.of(List.of(1, 2, 3), 3));
  }

  @Test
  void aLongListHasAGapInTheMiddle() {
    List<Integer> numbers = IntStream.rangeClosed(1, 10).boxed().toList();

    assertEquals(new Excerpt<>(List.of(1, 2, 8, 9, 10), 2, 5), Excerpt.of(numbers, 5));
  }
}
