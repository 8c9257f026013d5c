package org.shardmean.metrics;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What a network answers to each example of a set, in order of their numbers. Answers to
 * consecutive parts add up to those to the whole.
 *
 * @param actual the label of each example, a byte without sign; copied in and out
 * @param predicted the class that the network gives it, likewise
 */
public record Answers(byte[] actual, byte[] predicted) implements Serializable {
  /** Answers to more examples are not kept. */
  public static final int MOST = 1_000_000;

  /** No example was asked for, or there are too many to keep the answers. */
  public static final Answers NONE = new Answers(new byte[0], new byte[0]);

  /**
   * @throws IllegalArgumentException if there is not one answer for each example
   */
  public Answers {
    actual = requireNonNull(actual, "actual").clone();
    predicted = requireNonNull(predicted, "predicted").clone();
    if (actual.length != predicted.length) {
      throw new IllegalArgumentException(
          "expected an answer for each example, found %d for %d"
              .formatted(predicted.length, actual.length));
    }
  }

  @Override
  public byte[] actual() {
    return actual.clone();
  }

  @Override
  public byte[] predicted() {
    return predicted.clone();
  }

  /** How many examples there are. */
  public int count() {
    return actual.length;
  }

  /** The label of an example. */
  public int actual(int example) {
    return Byte.toUnsignedInt(actual[example]);
  }

  /** The class that the network gives an example. */
  public int predicted(int example) {
    return Byte.toUnsignedInt(predicted[example]);
  }

  /** Whether the predicted class is the actual one. */
  public boolean isCorrect(int example) {
    return actual[example] == predicted[example];
  }

  /** Whether these are answers to examples of the same labels, in the same order. */
  public boolean isOfTheSameExamples(Answers other) {
    return count() > 0 && Arrays.equals(actual, other.actual);
  }

  /** These answers, and behind them those to the examples that follow. */
  public Answers plus(Answers next) {
    return new Answers(joined(actual, next.actual), joined(predicted, next.predicted));
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Answers that
        && Arrays.equals(actual, that.actual)
        && Arrays.equals(predicted, that.predicted);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(actual) + Arrays.hashCode(predicted);
  }

  @Override
  public String toString() {
    return "answers to " + count() + " examples";
  }
}
