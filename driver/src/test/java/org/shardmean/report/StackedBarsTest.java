package org.shardmean.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class StackedBarsTest {
  @Test
  void stacksPartsOnOneScale() {
    StackedBars bars =
        StackedBars.of(List.of("a", "b"), List.of(new double[] {3, 1}, new double[] {1, 1}));

    assertEquals(
        List.of(
            new StackedBars.Bar(
                List.of(new StackedBars.Part(0, 75, "a"), new StackedBars.Part(75, 25, "b"))),
            new StackedBars.Bar(
                List.of(new StackedBars.Part(0, 25, "a"), new StackedBars.Part(25, 25, "b")))),
        bars.bars());
  }

  @Test
  void countsWhatIsNotFiniteAsNothing() {
    StackedBars bars = StackedBars.of(List.of("a", "b"), List.of(new double[] {Double.NaN, 2}));

    assertEquals(0, bars.bars().get(0).parts().get(0).length());
    assertEquals(100, bars.bars().get(0).parts().get(1).length());
  }

  @Test
  void barsOfNothingHaveNoLength() {
    StackedBars bars = StackedBars.of(List.of("a"), List.of(new double[] {0}));

    assertEquals(0, bars.bars().get(0).parts().get(0).length());
    assertEquals(List.of(), StackedBars.of(List.of("a"), List.of()).bars());
  }
}
