package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedExamplesTest {
  private static final int PIXELS = 28 * 28;

  @Property(tries = 50)
  void anExampleIsTheSameWhateverElseIsDrawn(
      @ForAll long seed,
      @ForAll boolean forTest,
      @ForAll @Size(max = 20) List<@IntRange(max = 999) Integer> indices) {
    GeneratedExamples examples = new GeneratedExamples(1000, seed, forTest);
    ImageSet together = examples.select(indices.stream().mapToInt(Integer::intValue).toArray());
    for (int i = 0; i < indices.size(); i++) {
      ImageSet alone = examples.select(new int[] {indices.get(i)});
      assertArrayEquals(alone.image(0), together.image(i));
      assertEquals(examples.label(indices.get(i)), together.label(i));
    }
  }

  @Property(tries = 50)
  void aLargerSetBeginsWithTheSmallerOne(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 50) int count) {
    int[] indices = firstOf(count);
    assertEquals(
        new GeneratedExamples(count, seed, false).select(indices),
        new GeneratedExamples(Integer.MAX_VALUE, seed, false).select(indices));
  }

  @Property(tries = 50)
  void everyTenExamplesShowEveryDigitOnce(
      @ForAll long seed, @ForAll boolean forTest, @ForAll @IntRange(max = 200_000_000) int ten) {
    GeneratedExamples examples = new GeneratedExamples(Integer.MAX_VALUE, seed, forTest);
    assertArrayEquals(
        firstOf(10),
        IntStream.range(ten * 10, ten * 10 + 10).map(examples::label).sorted().toArray());
  }

  @Test
  void everyTenthExampleIsNotTheSameDigit() {
    GeneratedExamples examples = new GeneratedExamples(10_000, 1, false);
    int[] counts = new int[10];
    for (int i = 0; i < 10_000; i += 10) {
      counts[examples.label(i)]++;
    }
    for (int digit = 0; digit < 10; digit++) {
      assertTrue(
          counts[digit] > 50 && counts[digit] < 150, "digit " + digit + ": " + counts[digit]);
    }
  }

  @Property(tries = 50)
  void everyDigitFillsTheBoxInTheMiddle(
      @ForAll long seed, @ForAll @IntRange(max = 1_000_000) int index) {
    byte[] image = new GeneratedExamples(1_000_001, seed, false).select(new int[] {index}).image(0);
    int left = 28;
    int right = -1;
    int top = 28;
    int bottom = -1;
    double mass = 0;
    double massX = 0;
    double massY = 0;
    for (int p = 0; p < PIXELS; p++) {
      int ink = image[p] & 0xff;
      if (ink > 0) {
        left = Math.min(left, p % 28);
        right = Math.max(right, p % 28);
        top = Math.min(top, p / 28);
        bottom = Math.max(bottom, p / 28);
      }
      mass += ink;
      massX += ink * (p % 28);
      massY += ink * (p / 28);
    }
    int extent = Math.max(right - left, bottom - top) + 1;
    assertTrue(extent >= 15 && extent <= 23, "extent " + extent);
    assertEquals(14, massX / mass, 3);
    assertEquals(14, massY / mass, 3);
  }

  @Test
  void inkIsAsDenseAsInMnist() {
    // MNIST's training images: 19.1% of pixels inked, mean 33.3 of 255.
    ImageSet digits = new GeneratedExamples(2000, 42, false).select(firstOf(2000));
    long inked = 0;
    long sum = 0;
    for (int i = 0; i < digits.count(); i++) {
      for (byte pixel : digits.image(i)) {
        inked += pixel == 0 ? 0 : 1;
        sum += pixel & 0xff;
      }
    }
    double pixels = 2000.0 * PIXELS;
    assertEquals(0.19, inked / pixels, 0.02);
    assertEquals(33, sum / pixels, 5);
  }

  @Test
  void trainingAndTestDigitsDiffer() {
    ImageSet train = new GeneratedExamples(100, 42, false).select(firstOf(100));
    ImageSet test = new GeneratedExamples(100, 42, true).select(firstOf(100));
    for (int i = 0; i < 100; i++) {
      for (int j = 0; j < 100; j++) {
        assertNotEquals(
            HexFormat.of().formatHex(train.image(i)), HexFormat.of().formatHex(test.image(j)));
      }
    }
  }

  @Test
  void anotherSeedDrawsOtherDigits() {
    assertNotEquals(
        new GeneratedExamples(10, 1, false).select(firstOf(10)),
        new GeneratedExamples(10, 2, false).select(firstOf(10)));
  }

  /** The bytes are a contract: results on generated digits are compared across versions. */
  @Test
  void theFirstHundredDigitsOfSeed42AreThese() throws NoSuchAlgorithmException {
    ImageSet digits = new GeneratedExamples(100, 42, false).select(firstOf(100));
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < 100; i++) {
      sha256.update((byte) digits.label(i));
      sha256.update(digits.image(i));
    }
    assertEquals(
        "0aa548d52b1fbbedbb8977784df842c3c2659a65b96eb9ae3b500753d2e05da6",
        HexFormat.of().formatHex(sha256.digest()));
  }

  /** MNIST's own figure is 82%. */
  @Test
  void theNearestMeanImageClassifiesManyDigitsButNotAll() {
    ImageSet train = new GeneratedExamples(5000, 42, false).select(firstOf(5000));
    ImageSet test = new GeneratedExamples(2000, 42, true).select(firstOf(2000));
    double accuracy = nearestCentroidAccuracy(train, test);
    assertTrue(accuracy > 0.7 && accuracy < 0.95, "accuracy " + accuracy);
  }

  @Test
  void selectedExamplesAreOfTheSizeThatIsSaid() {
    GeneratedExamples examples = new GeneratedExamples(3, 42, true);
    ImageSet digits = examples.select(new int[] {2, 2, 0});
    assertEquals(3, digits.count());
    assertEquals(examples.height(), digits.height());
    assertEquals(examples.width(), digits.width());
    assertEquals(examples.classes(), digits.classes());
    assertEquals(0, examples.select(new int[0]).count());
  }

  @Test
  void examplesThatDoNotExistAreRefused() {
    GeneratedExamples examples = new GeneratedExamples(10, 42, false);
    assertThrows(IndexOutOfBoundsException.class, () -> examples.label(10));
    assertThrows(IndexOutOfBoundsException.class, () -> examples.label(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> examples.select(new int[] {0, 10}));
  }

  @Test
  void noExamplesAtAllAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new GeneratedExamples(0, 42, false));
  }

  private static int[] firstOf(int count) {
    return IntStream.range(0, count).toArray();
  }

  private static double nearestCentroidAccuracy(ImageSet train, ImageSet test) {
    float[][] centroids = centroids(train);
    float[] image = new float[PIXELS];
    int right = 0;
    for (int i = 0; i < test.count(); i++) {
      test.scaleInto(i, image, 0);
      if (nearest(centroids, image) == test.label(i)) {
        right++;
      }
    }
    return (double) right / test.count();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 10, 23, 12_345})
  void theClassesAreCountedWithoutLookingAtAll(int count) {
    GeneratedExamples digits = new GeneratedExamples(count, 4, false);
    long[] looked = new long[10];
    IntStream.range(0, count).forEach(i -> looked[digits.label(i)]++);

    assertArrayEquals(looked, digits.countsPerClass());
  }

  private static float[][] centroids(ImageSet digits) {
    float[][] centroids = new float[10][PIXELS];
    float[] image = new float[PIXELS];
    long[] counts = digits.countsPerClass();
    for (int i = 0; i < digits.count(); i++) {
      digits.scaleInto(i, image, 0);
      int label = digits.label(i);
      for (int p = 0; p < PIXELS; p++) {
        centroids[label][p] += image[p] / counts[label];
      }
    }
    return centroids;
  }

  private static int nearest(float[][] centroids, float[] image) {
    int nearest = 0;
    float nearestSquare = Float.MAX_VALUE;
    for (int label = 0; label < centroids.length; label++) {
      float square = 0f;
      for (int p = 0; p < PIXELS; p++) {
        float off = image[p] - centroids[label][p];
        square += off * off;
      }
      if (square < nearestSquare) {
        nearestSquare = square;
        nearest = label;
      }
    }
    return nearest;
  }
}
