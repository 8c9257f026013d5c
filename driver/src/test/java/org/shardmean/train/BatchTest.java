package org.shardmean.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.shardmean.data.ImageSet;

class BatchTest {
  @Property(tries = 200)
  void widensEveryPixelAsDigitsDoes(
      @ForAll @IntRange(min = 1, max = 40) int pixels,
      @ForAll @IntRange(min = 1, max = 9) int count,
      @ForAll long seed) {
    ImageSet digits = TrainingExamples.digits(12, pixels, 3, seed);
    int[] order = {4, 4, 11, 0, 7, 1, 2, 9, 10, 3, 8, 6};
    Batch batch = new Batch(9, pixels);
    batch.fill(digits, order, 2, count);
    float[] expected = new float[pixels];
    float[] row = new float[pixels];
    for (int i = 0; i < count; i++) {
      digits.scaleInto(order[2 + i], expected, 0);
      batch.widenRow(i, row);
      assertArrayEquals(expected, row);
      assertArrayEquals(
          expected, Arrays.copyOfRange(batch.features(), i * pixels, (i + 1) * pixels));
      assertEquals(digits.label(order[2 + i]), batch.labels()[i]);
    }
    assertEquals(count, batch.count());
  }

  @Property(tries = 200)
  void findsTheInkOfEveryExample(
      @ForAll @IntRange(min = 1, max = 40) int pixels, @ForAll long seed) {
    Batch batch = TrainingExamples.batch(TrainingExamples.digits(3, pixels, 3, seed), 0, 3);
    int[] inputs = new int[3 * pixels + 1];
    float[] values = new float[3 * pixels + 1];
    float[] expected = new float[pixels];
    int at = 0;
    for (int row = 0; row < 3; row++) {
      float[] found = new float[pixels];
      int end = batch.ink(row, inputs, values, at);
      for (int k = at; k < end; k++) {
        assertNotEquals(0f, values[k]);
        found[inputs[k]] = values[k];
      }
      batch.widenRow(row, expected);
      assertArrayEquals(expected, found);
      at = end;
    }
  }

  /** Every byte there is, so that no value of a pixel is left to chance. */
  @Test
  void widensEveryByte() {
    byte[] all = new byte[256];
    for (int i = 0; i < 256; i++) {
      all[i] = (byte) i;
    }
    Batch batch = new Batch(1, 256);
    batch.fill(ImageSet.of(16, 16, 1, all, new byte[1]), new int[1], 0, 1);
    for (int i = 0; i < 256; i++) {
      assertEquals(i / 255f, batch.features()[i], 1e-7);
    }
  }

  @Test
  void refusesImagesOfAnotherSize() {
    Batch batch = new Batch(4, 50);
    ImageSet smaller = white(4, 49);
    assertThrows(
        IllegalArgumentException.class, () -> batch.fill(smaller, TrainingExamples.upTo(4), 0, 4));
  }

  @Test
  void dropoutDropsItsShareAndScalesTheRest() {
    ImageSet white = white(1000, 50);
    Batch batch = new Batch(1000, 50);
    batch.fill(white, TrainingExamples.upTo(1000), 0, 1000, 0.3, 5);
    int dropped = 0;
    for (int i = 0; i < 50_000; i++) {
      float value = batch.features()[i];
      assertTrue(value == 0 || Math.abs(value - 1 / 0.7) < 1e-6, "found " + value);
      dropped += value == 0 ? 1 : 0;
    }
    // 0.3 * 50,000, give or take five standard deviations.
    assertEquals(15_000, dropped, 5 * Math.sqrt(50_000 * 0.3 * 0.7));
  }

  @Test
  void dropoutDependsOnItsSeedAndOnNothingElse() {
    float[] first = dropped(6, 11).clone();
    assertArrayEquals(first, dropped(6, 11));
    assertNotEquals(Arrays.toString(first), Arrays.toString(dropped(6, 12)));
    float[] fewer = dropped(4, 11);
    assertArrayEquals(Arrays.copyOf(first, 4 * 50), Arrays.copyOf(fewer, 4 * 50));
  }

  @Test
  void dropoutLeavesTheNextBatchAlone() {
    ImageSet white = white(4, 50);
    Batch batch = new Batch(4, 50);
    batch.fill(white, TrainingExamples.upTo(4), 0, 4, 0.5, 1);
    batch.fill(white, TrainingExamples.upTo(4), 0, 4);
    for (int i = 0; i < 200; i++) {
      assertEquals(1, batch.features()[i], 1e-6);
    }
  }

  /** Pixels without ink take no draw, and yet the others' draws stay what they are. */
  @Test
  void dropoutOfAPixelDoesNotDependOnOtherPixels() {
    byte[] lines = new byte[6 * 50];
    for (int p = 0; p < lines.length; p += 9) {
      lines[p] = (byte) 255;
    }
    ImageSet sparse = ImageSet.of(1, 50, 1, lines, new byte[6]);
    Batch batch = new Batch(6, 50);
    batch.fill(sparse, TrainingExamples.upTo(6), 0, 6, 0.4, 11);
    float[] all = dropped(6, 11);
    for (int p = 0; p < lines.length; p++) {
      assertEquals(p % 9 == 0 ? all[p] : 0, batch.features()[p]);
    }
  }

  private static float[] dropped(int count, long seed) {
    Batch batch = new Batch(6, 50);
    batch.fill(white(6, 50), TrainingExamples.upTo(6), 0, count, 0.4, seed);
    return batch.features();
  }

  private static ImageSet white(int count, int pixels) {
    byte[] all = new byte[count * pixels];
    Arrays.fill(all, (byte) 255);
    return ImageSet.of(1, pixels, 1, all, new byte[count]);
  }
}
