package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DataSummaryTest {
  private static final DataSummary SOUND = new DataSummary(2, 2, List.of(1L, 0L), 0, 9, 12, 3);

  @Property(tries = 50)
  void partsAddUpToTheWholeInAnyOrder(
      @ForAll long seed,
      @ForAll @IntRange(max = 40) int cut,
      @ForAll @IntRange(max = 40) int otherCut) {
    ImageSet digits =
        new GeneratedExamples(40, seed, false).select(IntStream.range(0, 40).toArray());
    int first = Math.min(cut, otherCut);
    int second = Math.max(cut, otherCut);
    DataSummary a = DataSummary.of(digits.select(IntStream.range(0, first).toArray()));
    DataSummary b = DataSummary.of(digits.select(IntStream.range(first, second).toArray()));
    DataSummary c = DataSummary.of(digits.select(IntStream.range(second, 40).toArray()));
    DataSummary whole = DataSummary.of(digits);
    assertEquals(whole, a.plus(b).plus(c));
    assertEquals(whole, c.plus(a.plus(b)));
    assertEquals(whole, whole.plus(DataSummary.empty(28, 28, 10)));
  }

  @Test
  void theNumbersAreThoseOfThePixels() {
    byte[] pixels = {0, 10, 0, (byte) 200, 5, 5, 5, 5};
    ImageSet digits = ImageSet.of(2, 2, 3, pixels, new byte[] {2, 0});
    DataSummary summary = DataSummary.of(digits);
    assertEquals(new DataSummary(2, 2, List.of(1L, 0L, 1L), 0, 200, 230, 6), summary);
    assertEquals(2, summary.count());
    assertEquals(3, summary.classes());
    assertEquals(230 / 8.0, summary.mean());
    assertEquals(0.75, summary.inkShare());
  }

  @Test
  void noImagesHaveNoMean() {
    DataSummary empty = DataSummary.empty(28, 28, 10);
    assertEquals(DataSummary.of(ImageSet.of(28, 28, 10, new byte[0], new byte[0])), empty);
    assertEquals(0, empty.count());
    assertTrue(Double.isNaN(empty.mean()));
    assertTrue(Double.isNaN(empty.inkShare()));
  }

  @Test
  void imagesOfAnotherKindDoNotAddUp() {
    DataSummary summary = DataSummary.empty(28, 28, 10);
    assertThrows(IllegalArgumentException.class, () -> summary.plus(DataSummary.empty(28, 20, 10)));
    assertThrows(IllegalArgumentException.class, () -> summary.plus(DataSummary.empty(28, 28, 26)));
  }

  @Test
  void numbersOfNoImagesAreRefused() {
    assertEquals(SOUND, SOUND.plus(DataSummary.empty(2, 2, 2)));
    refuse(0, List.of(1L), 0, 9, 12, 3);
    refuse(2, List.of(), 0, 9, 12, 3);
    refuse(2, List.of(2L, -1L), 0, 9, 12, 3);
    refuse(2, List.of(1L), -1, 9, 12, 3);
    refuse(2, List.of(1L), 0, 256, 12, 3);
    refuse(2, List.of(1L), 10, 9, 12, 3);
    refuse(2, List.of(0L), 0, 0, 0, 0);
    refuse(2, List.of(1L), 0, 9, 12, 5);
    refuse(2, List.of(1L), 0, 9, 2, 3);
    refuse(2, List.of(1L), 0, 9, 28, 3);
  }

  private static void refuse(
      int height, List<Long> counts, int minimum, int maximum, long sum, long inked) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new DataSummary(height, 2, counts, minimum, maximum, sum, inked));
  }
}
