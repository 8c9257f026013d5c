package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidationSplitTest {
  private static final int CLASSES = 5;

  @Property(tries = 200)
  void everyExampleIsInExactlyOnePartAndEachPartIsStratified(
      @ForAll("labels") int[] labels,
      @ForAll @DoubleRange(min = 0.02, max = 0.98) double fraction,
      @ForAll long seed) {
    ValidationSplit split = ValidationSplit.of(source(labels), fraction, seed);
    int[] training = split.trainingIndices();
    int[] heldOut = split.heldOutIndices();

    assertArrayEquals(
        IntStream.range(0, labels.length).toArray(),
        IntStream.concat(IntStream.of(training), IntStream.of(heldOut)).sorted().toArray());
    assertEquals(Math.round(fraction * labels.length), heldOut.length);
    assertArrayEquals(IntStream.of(training).sorted().toArray(), training);
    assertArrayEquals(IntStream.of(heldOut).sorted().toArray(), heldOut);
    double share = (double) heldOut.length / labels.length;
    for (int c = 0; c < CLASSES; c++) {
      assertEquals(share * count(labels, c), count(labels, heldOut, c), 1, "class " + c);
    }
  }

  @Test
  void theSplitDependsOnTheSeedAlone() {
    ExampleSource source = source(IntStream.range(0, 200).map(i -> i % CLASSES).toArray());
    int[] heldOut = ValidationSplit.of(source, 0.1, 7).heldOutIndices();

    assertArrayEquals(heldOut, ValidationSplit.of(source, 0.1, 7).heldOutIndices());
    assertFalse(Arrays.equals(heldOut, ValidationSplit.of(source, 0.1, 8).heldOutIndices()));
  }

  @Test
  void thePartsShowTheSourcesExamples() {
    ExampleSource source = source(new int[] {4, 0, 1, 2, 3, 4, 0, 1, 2, 3});
    ValidationSplit split = ValidationSplit.of(source, 0.5, 3);

    assertEquals(5, split.heldOut().count());
    assertEquals(
        source.select(split.heldOutIndices()),
        split.heldOut().select(IntStream.range(0, 5).toArray()));
    assertEquals(
        source.select(split.trainingIndices()),
        split.training().select(IntStream.range(0, 5).toArray()));
  }

  /** Nothing is stored, so a billion are parted at once. */
  @ParameterizedTest
  @ValueSource(ints = {1_000_001, 1_000_000_000})
  void ofMoreThanAMillionOneOfEachRunOfNeighboursIsHeldOut(int count) {
    GeneratedExamples source = new GeneratedExamples(count, 1, false);
    ValidationSplit split = ValidationSplit.of(source, 0.1, 7);
    ExampleSource heldOut = split.heldOut();
    ExampleSource training = split.training();

    assertEquals(Math.round(0.1 * count), heldOut.count());
    assertEquals(count, heldOut.count() + training.count());
    assertTrue(heldOut.isMadeOnDemand() && training.isMadeOnDemand());
    int[] some = {0, 1, 50_000, 99_998, 99_999};
    ImageSet drawn = heldOut.select(some).images();
    for (int i = 0; i < some.length; i++) {
      assertEquals(heldOut.label(some[i]), drawn.label(i));
    }
  }

  @Test
  void theClassesOfBothPartsTogetherAreTheSources() {
    GeneratedExamples source = new GeneratedExamples(1_000_007, 1, false);
    for (double fraction : new double[] {0.1, 0.7}) {
      ValidationSplit split = ValidationSplit.of(source, fraction, 7);
      long[] training = split.training().countsPerClass();
      long[] heldOut = split.heldOut().countsPerClass();

      assertEquals(split.training().count(), LongStream.of(training).sum());
      assertEquals(split.heldOut().count(), LongStream.of(heldOut).sum());
      for (int c = 0; c < 10; c++) {
        int wanted = c;
        assertEquals(
            IntStream.of(split.heldOutIndices()).filter(i -> source.label(i) == wanted).count(),
            heldOut[c]);
        assertEquals(source.countsPerClass()[c], training[c] + heldOut[c]);
        assertEquals(fraction * 100_000, (double) heldOut[c], 5 * Math.sqrt(100_000 * fraction));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.5, Double.NaN, 0.01, 0.99})
  void aFractionThatLeavesAPartEmptyIsRefused(double fraction) {
    ExampleSource source = source(new int[] {0, 1, 2});

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> ValidationSplit.of(source, fraction, 1));

    assertTrue(refused.getMessage().startsWith("validation fraction"), refused.getMessage());
  }

  @Provide
  Arbitrary<int[]> labels() {
    return Arbitraries.integers()
        .between(0, CLASSES - 1)
        .array(int[].class)
        .ofMinSize(60)
        .ofMaxSize(300);
  }

  private static ExampleSource source(int[] labels) {
    return ImageSet.paint(
        labels.length,
        1,
        2,
        CLASSES,
        (i, pixels, at) -> {
          pixels[at] = (byte) i;
          pixels[at + 1] = (byte) (i >>> 8);
          return labels[i];
        });
  }

  private static int count(int[] labels, int wanted) {
    return (int) IntStream.of(labels).filter(label -> label == wanted).count();
  }

  private static int count(int[] labels, int[] indices, int wanted) {
    return (int) IntStream.of(indices).filter(i -> labels[i] == wanted).count();
  }
}
