package org.shardmean.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.shardmean.metrics.ConfusionMatrix;

/**
 * A confusion matrix with a shade for every cell: rows actual, columns predicted. Correct answers
 * are shaded by their share of the row; mistakes by the square root of their share of the matrix's
 * most frequent mistake, so that rare ones are seen too.
 */
record ShadedMatrix(List<Row> rows) {
  static final int SHADES = 9;

  /** All examples of one actual class. */
  record Row(int actual, List<Cell> cells) {}

  /**
   * @param isCorrect whether this is the diagonal
   * @param shade 0 (nothing was counted) to {@value #SHADES} (the darkest)
   */
  record Cell(int predicted, long count, boolean isCorrect, int shade) {
    /** The CSS class it is shown with: {@code r0} to {@code r9} if correct, else {@code w0} … */
    String style() {
      return (isCorrect ? "r" : "w") + shade;
    }
  }

  /** Examples of one class that were predicted to be of another. */
  record Mistake(int actual, int predicted, long count) {}

  static ShadedMatrix of(ConfusionMatrix confusion) {
    long mostMistaken =
        Math.max(1, mistakes(confusion, 1).stream().mapToLong(Mistake::count).sum());
    List<Row> rows = new ArrayList<>();
    for (int actual = 0; actual < confusion.classes(); actual++) {
      long support = 0;
      for (int predicted = 0; predicted < confusion.classes(); predicted++) {
        support += confusion.count(actual, predicted);
      }
      List<Cell> cells = new ArrayList<>();
      for (int predicted = 0; predicted < confusion.classes(); predicted++) {
        long count = confusion.count(actual, predicted);
        boolean isCorrect = actual == predicted;
        double share =
            isCorrect
                ? (double) count / Math.max(1, support)
                : Math.sqrt((double) count / mostMistaken);
        cells.add(new Cell(predicted, count, isCorrect, shade(share)));
      }
      rows.add(new Row(actual, List.copyOf(cells)));
    }
    return new ShadedMatrix(List.copyOf(rows));
  }

  /** The most frequent mistakes, most frequent first; of equals, in order of class. */
  static List<Mistake> mistakes(ConfusionMatrix confusion, int most) {
    List<Mistake> mistakes = new ArrayList<>();
    for (int actual = 0; actual < confusion.classes(); actual++) {
      for (int predicted = 0; predicted < confusion.classes(); predicted++) {
        if (actual != predicted && confusion.count(actual, predicted) > 0) {
          mistakes.add(new Mistake(actual, predicted, confusion.count(actual, predicted)));
        }
      }
    }
    mistakes.sort(Comparator.comparingLong(Mistake::count).reversed());
    return List.copyOf(mistakes.subList(0, Math.min(most, mistakes.size())));
  }

  /** 0 only for nothing at all. */
  private static int shade(double share) {
    return (int) Math.ceil(share * SHADES);
  }
}
