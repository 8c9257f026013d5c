package org.shardmean.data;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * The training examples in two parts: those to train on, and those held out to validate on. The
 * held-out share is exact in total, to rounding, and both parts keep the ascending order of the
 * examples. Depends only on the labels, the fraction and the seed.
 *
 * <p>Of up to {@link ShardAssignment#MOST_LISTED} examples, each class is shuffled, the classes are
 * put one after another, and examples are held out at even distances. So the share is exact within
 * one example in each class, too. Of more examples, one is drawn from each run of neighbours
 * ({@link Strata}): nothing is stored, and no label is looked at.
 */
public final class ValidationSplit {
  private final SelectedExamples training;
  private final SelectedExamples heldOut;

  private ValidationSplit(ExampleSource source, Selection training, Selection heldOut) {
    this.training = new SelectedExamples(source, training);
    this.heldOut = new SelectedExamples(source, heldOut);
  }

  /**
   * Holds out a fraction of the examples, {@code round(fraction * count)} of them.
   *
   * @param fraction between 0 and 1, both excluded
   * @throws IllegalArgumentException if the fraction is out of range, or leaves either part empty
   */
  public static ValidationSplit of(ExampleSource source, double fraction, long seed) {
    requireNonNull(source, "source");
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "validation fraction must be between 0 and 1, found " + fraction);
    }
    int count = source.count();
    long held = Math.round(fraction * count);
    if (held < 1 || held >= count) {
      throw new IllegalArgumentException(
          "validation fraction %s of %d training images holds out %d; each part needs at least one"
              .formatted(fraction, count, held));
    }
    if (count > ShardAssignment.MOST_LISTED) {
      Strata strata =
          new Strata(count, (int) held, Seeds.mix(seed, Seeds.Purpose.VALIDATION_SPLIT));
      return new ValidationSplit(source, new Strata.Rest(strata), new Strata.Drawn(strata));
    }
    int[] order =
        ClassOrder.draw(
            count,
            source.classes(),
            source::label,
            c -> Seeds.generator(seed, Seeds.Purpose.VALIDATION_SPLIT, c));
    return atEvenDistances(source, order, (int) held);
  }

  /** The examples to train on. */
  public ExampleSource training() {
    return training;
  }

  /** The examples held out. */
  public ExampleSource heldOut() {
    return heldOut;
  }

  /** The numbers of the examples to train on, ascending; a copy. */
  public int[] trainingIndices() {
    return training.numbers();
  }

  /** The numbers of the examples held out, ascending; a copy. */
  public int[] heldOutIndices() {
    return heldOut.numbers();
  }

  private static ValidationSplit atEvenDistances(ExampleSource source, int[] order, int held) {
    int count = order.length;
    int[] training = new int[count - held];
    int[] heldOut = new int[held];
    for (int place = 0; place < count; place++) {
      int heldBefore = (int) ((long) place * held / count);
      int heldAfter = (int) ((place + 1L) * held / count);
      if (heldAfter > heldBefore) {
        heldOut[heldBefore] = order[place];
      } else {
        training[place - heldBefore] = order[place];
      }
    }
    Arrays.sort(training);
    Arrays.sort(heldOut);
    return new ValidationSplit(
        source, new Selection.Listed(training, count), new Selection.Listed(heldOut, count));
  }
}
