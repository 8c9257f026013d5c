package org.shardmean.report;

import java.util.List;
import java.util.stream.IntStream;
import org.shardmean.metrics.ConfusionMatrix;

/**
 * How many images of each class there are, in one or more parts of the data.
 *
 * @param parts the training images first
 */
record ClassCounts(List<Part> parts) {
  /**
   * One part of the data.
   *
   * @param name as shown to people
   * @param perClass images of each class, in order of class
   */
  record Part(String name, List<Long> perClass) {
    Part {
      perClass = List.copyOf(perClass);
    }

    /** A part that was scored: the rows' sums of its confusion matrix. */
    static Part of(String name, ConfusionMatrix confusion) {
      return new Part(name, confusion.perClass().stream().map(score -> score.support()).toList());
    }

    long smallest() {
      return perClass.stream().mapToLong(Long::longValue).min().orElse(0);
    }

    long largest() {
      return perClass.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** The first class of which there are so many images. */
    int classWith(long count) {
      return perClass.indexOf(count);
    }

    /** Classes of which there is no image. */
    List<Integer> missing() {
      return IntStream.range(0, perClass.size())
          .filter(label -> perClass.get(label) == 0)
          .boxed()
          .toList();
    }
  }

  ClassCounts {
    parts = List.copyOf(parts);
  }

  /** A bar for each class, by the first part. */
  StackedBars bars() {
    return StackedBars.of(
        List.of("compute"),
        parts.get(0).perClass().stream().map(count -> new double[] {count}).toList());
  }
}
