package org.shardmean.metrics;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many examples of each class were predicted to be of each class: rows are the actual classes,
 * columns the predicted ones.
 *
 * @param counts {@code counts[actual][predicted]}, square; copied in and out
 */
public record ConfusionMatrix(long[][] counts) implements Serializable {
  public ConfusionMatrix {
    requireNonNull(counts, "counts");
    counts = copy(counts);
    for (long[] row : counts) {
      if (row.length != counts.length || Arrays.stream(row).anyMatch(count -> count < 0)) {
        throw new IllegalArgumentException(
            "a confusion matrix is square and counts from zero, found a row "
                + Arrays.toString(row)
                + " among "
                + counts.length);
      }
    }
  }

  /** No example seen yet. */
  public static ConfusionMatrix empty(int classes) {
    return new ConfusionMatrix(new long[classes][classes]);
  }

  @Override
  public long[][] counts() {
    return copy(counts);
  }

  public int classes() {
    return counts.length;
  }

  public long count(int actual, int predicted) {
    return counts[actual][predicted];
  }

  /** Examples counted in all. */
  public long total() {
    return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
  }

  /** Correctly classified examples: those on the diagonal. */
  public long correct() {
    long sum = 0;
    for (int c = 0; c < counts.length; c++) {
      sum += counts[c][c];
    }
    return sum;
  }

  /** The share of correctly classified examples, 0 to 1; NaN when nothing was counted. */
  public double accuracy() {
    return (double) correct() / total();
  }

  /** Both matrices' examples together. */
  public ConfusionMatrix plus(ConfusionMatrix other) {
    if (other.classes() != classes()) {
      throw new IllegalArgumentException(
          "cannot add matrices of " + classes() + " and " + other.classes() + " classes");
    }
    long[][] sum = copy(counts);
    for (int a = 0; a < sum.length; a++) {
      for (int p = 0; p < sum.length; p++) {
        sum[a][p] += other.counts[a][p];
      }
    }
    return new ConfusionMatrix(sum);
  }

  /** Precision, recall and F1 of every class, in order of class. */
  public List<ClassScore> perClass() {
    List<ClassScore> scores = new ArrayList<>();
    for (int c = 0; c < counts.length; c++) {
      long predicted = 0;
      for (long[] row : counts) {
        predicted += row[c];
      }
      scores.add(ClassScore.of(c, counts[c][c], predicted, Arrays.stream(counts[c]).sum()));
    }
    return List.copyOf(scores);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionMatrix that && Arrays.deepEquals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(counts);
  }

  @Override
  public String toString() {
    return "rows actual, columns predicted: " + Arrays.deepToString(counts);
  }

  private static long[][] copy(long[][] counts) {
    return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
  }
}
