package org.shardmean.data;

import java.util.Arrays;
import org.shardmean.data.Seeds.Purpose;

/**
 * Digits drawn by the program: pen strokes, distorted, seeded (see {@link DigitWriter}). 28x28
 * pixels, ten classes, any number of them, each drawn where it is needed.
 *
 * <p>Example i depends on {@code seed}, {@code forTest} and i alone, so that any machine draws the
 * same bytes in any order, and a larger set begins with the smaller one. Every run of ten examples
 * that begins at a multiple of ten shows each digit once, in an order of its own.
 *
 * @param count how many, at least 1
 * @param seed of all random draws
 * @param forTest whether these are test digits; the same seed draws other digits for training
 */
public record GeneratedExamples(int count, long seed, boolean forTest) implements ExampleSource {
  private static final int CLASSES = 10;

  /** Steps that visit all ten digits before they return to the first. */
  private static final int[] STEPS = {1, 3, 7, 9};

  public GeneratedExamples {
    if (count < 1) {
      throw new IllegalArgumentException(
          "the number of generated digits must be at least 1, found " + count);
    }
  }

  @Override
  public int height() {
    return Pen.SIZE;
  }

  @Override
  public int width() {
    return Pen.SIZE;
  }

  @Override
  public int classes() {
    return CLASSES;
  }

  /**
   * The label of example {@code i}, without drawing it.
   *
   * @throws IndexOutOfBoundsException if there is no such example
   */
  @Override
  public int label(int i) {
    checkIndex(i);
    int ten = i / CLASSES;
    long order = Seeds.mix(seed, purpose(), ten, CLASSES);
    int first = (int) Long.remainderUnsigned(order, CLASSES);
    int step = STEPS[(int) (order >>> 62)];
    return (first + step * (i - ten * CLASSES)) % CLASSES;
  }

  /** Ten examples show each digit once, so only the last few are looked at. */
  @Override
  public long[] countsPerClass() {
    long[] counts = new long[CLASSES];
    Arrays.fill(counts, count / CLASSES);
    for (int i = count - count % CLASSES; i < count; i++) {
      counts[label(i)]++;
    }
    return counts;
  }

  /**
   * Draws the examples at {@code indices}.
   *
   * @throws IndexOutOfBoundsException if an index is not of {@code 0 … count - 1}
   */
  @Override
  public ImageSet select(int[] indices) {
    DigitWriter writer = new DigitWriter();
    return ImageSet.paint(
        indices.length,
        height(),
        width(),
        CLASSES,
        (i, pixels, at) -> {
          int example = indices[i];
          int digit = label(example);
          writer.draw(digit, Seeds.generator(seed, purpose(), example), pixels, at);
          return digit;
        });
  }

  @Override
  public boolean isMadeOnDemand() {
    return true;
  }

  private Purpose purpose() {
    return forTest ? Purpose.GENERATED_TEST_IMAGE : Purpose.GENERATED_TRAINING_IMAGE;
  }

  private void checkIndex(int i) {
    if (i < 0 || i >= count) {
      throw new IndexOutOfBoundsException(
          "generated digits are numbered 0 to " + (count - 1) + ", found " + i);
    }
  }
}
