package org.shardmean.data;

import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/** Examples in order of their class, and within each class in an order drawn at random. */
final class ClassOrder {
  private ClassOrder() {}

  /**
   * The numbers {@code 0 … count - 1}, each once.
   *
   * @param labels the label of each example, {@code 0 … classes - 1}
   * @param generators a generator for each class
   * @throws IllegalArgumentException if a label is out of range
   */
  static int[] draw(
      int count, int classes, IntUnaryOperator labels, IntFunction<SplittableRandom> generators) {
    int[] ends = endsOfClasses(count, classes, labels);
    int[] order = new int[count];
    for (int example = count - 1; example >= 0; example--) {
      order[--ends[labels.applyAsInt(example)]] = example;
    }
    for (int c = 0; c < classes; c++) {
      int from = ends[c];
      int to = c + 1 < classes ? ends[c + 1] : count;
      shuffleInPlace(order, from, to, generators.apply(c));
    }
    return order;
  }

  private static int[] endsOfClasses(int count, int classes, IntUnaryOperator labels) {
    int[] ends = new int[classes];
    for (int example = 0; example < count; example++) {
      int label = labels.applyAsInt(example);
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "label of example %d must be 0 to %d, found %d".formatted(example, classes - 1, label));
      }
      ends[label]++;
    }
    for (int c = 1; c < classes; c++) {
      ends[c] += ends[c - 1];
    }
    return ends;
  }

  /** Fisher and Yates' shuffle of {@code from … to - 1}. */
  private static void shuffleInPlace(int[] order, int from, int to, SplittableRandom generator) {
    for (int i = to - 1; i > from; i--) {
      int j = from + generator.nextInt(i - from + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }
}
