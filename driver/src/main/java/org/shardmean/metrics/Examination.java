package org.shardmean.metrics;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A closer look at how a network classifies a set of examples: how far its confidence can be
 * trusted, and some of the examples to be shown. Examinations of parts add up to the examination of
 * the whole; the examples that are kept do not depend on how the set was divided.
 *
 * @param classes of the network
 * @param correct correctly classified examples, in order of their numbers: the first of each class
 * @param misclassified misclassified examples, the most confident mistakes first, at most {@value
 *     #MOST_OF_A_CELL} of each pair of actual and predicted class
 */
public record Examination(
    int classes,
    Reliability reliability,
    List<ClassifiedExample> correct,
    List<ClassifiedExample> misclassified)
    implements Serializable {
  public static final int MOST_MISCLASSIFIED = 240;
  public static final int MOST_CORRECT = 80;
  public static final int MOST_OF_A_CELL = 12;

  /** Correct examples of each class that are kept where there are few classes. */
  private static final int MOST_CORRECT_OF_A_CLASS = 6;

  private static final Comparator<ClassifiedExample> BY_NUMBER =
      Comparator.comparingInt(ClassifiedExample::example);

  private static final Comparator<ClassifiedExample> BY_CONFIDENCE =
      Comparator.comparingDouble((ClassifiedExample e) -> -confidence(e)).thenComparing(BY_NUMBER);

  public Examination {
    requireNonNull(reliability, "reliability");
    correct = List.copyOf(correct);
    misclassified = List.copyOf(misclassified);
  }

  /** No example seen yet. */
  public static Examination empty(int classes) {
    return new Examination(classes, Reliability.EMPTY, List.of(), List.of());
  }

  /**
   * These examples and one more.
   *
   * @param example its number must differ from the others'
   */
  public Examination with(ClassifiedExample example) {
    Reliability more = reliability.with(example.image().confidence(), example.isCorrect());
    if (isOneTooMany(example)) {
      return new Examination(classes, more, correct, misclassified);
    }
    List<ClassifiedExample> one = List.of(example);
    return example.isCorrect()
        ? new Examination(classes, more, someCorrect(correct, one), misclassified)
        : new Examination(classes, more, correct, someMisclassified(misclassified, one));
  }

  /** These examples and one more that is no image: nothing of it is kept to be shown. */
  public Examination withUnseen(float confidence, boolean isCorrect) {
    return new Examination(
        classes, reliability.with(confidence, isCorrect), correct, misclassified);
  }

  /** Whether the kept examples stay as they are; tells it for nearly all examples, and quickly. */
  private boolean isOneTooMany(ClassifiedExample example) {
    List<ClassifiedExample> kept = example.isCorrect() ? correct : misclassified;
    Comparator<ClassifiedExample> order = example.isCorrect() ? BY_NUMBER : BY_CONFIDENCE;
    if (kept.isEmpty() || order.compare(example, kept.get(kept.size() - 1)) < 0) {
      return false;
    }
    int most = example.isCorrect() ? MOST_CORRECT : MOST_MISCLASSIFIED;
    int mostOfACell = example.isCorrect() ? mostCorrectOfAClass() : MOST_OF_A_CELL;
    List<Integer> cell = cell(example);
    return kept.size() >= most
        || kept.stream().filter(other -> cell(other).equals(cell)).count() >= mostOfACell;
  }

  /**
   * Both sets together; sums of confidence depend on the order of merging: merge in a fixed one.
   */
  public Examination plus(Examination other) {
    return new Examination(
        classes,
        reliability.plus(other.reliability),
        someCorrect(correct, other.correct),
        someMisclassified(misclassified, other.misclassified));
  }

  private List<ClassifiedExample> someCorrect(
      List<ClassifiedExample> some, List<ClassifiedExample> more) {
    return first(some, more, BY_NUMBER, mostCorrectOfAClass(), MOST_CORRECT);
  }

  private int mostCorrectOfAClass() {
    return Math.max(1, Math.min(MOST_CORRECT_OF_A_CLASS, MOST_CORRECT / Math.max(1, classes)));
  }

  private static List<ClassifiedExample> someMisclassified(
      List<ClassifiedExample> some, List<ClassifiedExample> more) {
    return first(some, more, BY_CONFIDENCE, MOST_OF_A_CELL, MOST_MISCLASSIFIED);
  }

  /** The first of both in an order, at most so many of a cell and so many in all. */
  private static List<ClassifiedExample> first(
      List<ClassifiedExample> some,
      List<ClassifiedExample> more,
      Comparator<ClassifiedExample> order,
      int mostOfACell,
      int most) {
    Map<List<Integer>, Integer> kept = new HashMap<>();
    return Stream.concat(some.stream(), more.stream())
        .sorted(order)
        .filter(e -> kept.merge(cell(e), 1, Integer::sum) <= mostOfACell)
        .limit(most)
        .toList();
  }

  private static List<Integer> cell(ClassifiedExample example) {
    return List.of(example.actual(), example.image().predicted());
  }

  private static float confidence(ClassifiedExample example) {
    float confidence = example.image().confidence();
    return Float.isNaN(confidence) ? 0 : confidence;
  }
}
