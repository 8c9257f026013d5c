package org.shardmean.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AutoencoderLookTest {
  @Test
  void someEpochsAreShown() {
    assertEquals(
        List.of(1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 500, 1000),
        IntStream.rangeClosed(1, 1000).filter(AutoencoderLook::isShown).boxed().toList());
  }
}
