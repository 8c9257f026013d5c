package org.shardmean.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  /** Rows actual, columns predicted. Worked by hand: class 1 is found 3 times of 4, among 5. */
  private static final long[][] COUNTS = {{5, 2, 0}, {1, 3, 0}, {0, 0, 0}};

  @Test
  void scoresOfAClassAreThoseOfTheBook() {
    ConfusionMatrix matrix = new ConfusionMatrix(COUNTS);
    assertEquals(11, matrix.total());
    assertEquals(8, matrix.correct());
    assertEquals(8.0 / 11, matrix.accuracy());
    ClassScore one = matrix.perClass().get(1);
    assertEquals(3.0 / 5, one.precision());
    assertEquals(3.0 / 4, one.recall());
    assertEquals(2.0 / 3, one.f1(), 1e-12);
    assertEquals(4, one.support());
  }

  @Test
  void aClassThatNeverOccursScoresZeroAndNotNaN() {
    assertEquals(new ClassScore(2, 0, 0, 0, 0), new ConfusionMatrix(COUNTS).perClass().get(2));
    assertTrue(Double.isNaN(ConfusionMatrix.empty(3).accuracy()));
  }

  @Test
  void whatGoesInOrOutIsCopied() {
    long[][] counts = {{1, 0}, {0, 1}};
    ConfusionMatrix matrix = new ConfusionMatrix(counts);
    counts[0][0] = 99;
    matrix.counts()[1][1] = 99;
    assertEquals(2, matrix.total());
  }

  @Test
  void ragsNegativesAndOtherSizesAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new ConfusionMatrix(new long[][] {{1, 2}, {3}}));
    assertThrows(IllegalArgumentException.class, () -> new ConfusionMatrix(new long[][] {{-1}}));
    assertThrows(
        IllegalArgumentException.class,
        () -> ConfusionMatrix.empty(2).plus(ConfusionMatrix.empty(3)));
  }

  @Property
  void mergingPartsInAnyOrderCountsEveryExampleOnce(
      @ForAll @IntRange(min = 1, max = 12) int classes, @ForAll long seed) {
    ConfusionMatrix a = drawn(classes, seed);
    ConfusionMatrix b = drawn(classes, seed + 1);
    ConfusionMatrix c = drawn(classes, seed + 2);
    assertEquals(a.plus(b).plus(c), c.plus(a.plus(b)));
    assertEquals(a.total() + b.total() + c.total(), a.plus(b).plus(c).total());
    assertEquals(a.total(), a.perClass().stream().mapToLong(ClassScore::support).sum(), "support");
  }

  private static ConfusionMatrix drawn(int classes, long seed) {
    Random random = new Random(seed);
    long[][] counts = new long[classes][classes];
    for (long[] row : counts) {
      for (int i = 0; i < classes; i++) {
        row[i] = random.nextInt(100);
      }
    }
    return new ConfusionMatrix(counts);
  }
}
