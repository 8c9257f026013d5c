package org.shardmean.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.shardmean.metrics.ClassifiedDigit;

/**
 * A digit with what the network says of it, laid out as a column for each class; the template
 * {@code digit.jte} draws it. Coordinates are the drawing's own units, from the upper left corner.
 *
 * @param columns in order of class: all of up to ten classes, else the likeliest six
 */
record ShownDigit(ClassifiedDigit digit, String image, List<Column> columns) {
  static final double WIDTH = 100;
  static final double HEIGHT = 50;
  static final double FOOT = HEIGHT - 14;
  private static final int MOST_COLUMNS = 10;

  /** Of more than ten classes, whose labels have two digits. */
  private static final int MOST_WIDE_COLUMNS = 6;

  /**
   * @param height of the column
   * @param style the class it is drawn with: the actual class, a wrongly predicted one, or another
   */
  record Column(
      int label, double probability, double x, double width, double height, String style) {}

  static ShownDigit of(ClassifiedDigit digit, int height, int width) {
    return new ShownDigit(
        digit, DigitImage.of(digit.image().pixels(), height, width).dataUri(), columns(digit));
  }

  /** The probability of the predicted class. */
  double confidence() {
    return digit.image().confidence();
  }

  private static List<Column> columns(ClassifiedDigit digit) {
    float[] probabilities = digit.image().probabilities();
    List<Integer> classes = shownClasses(probabilities);
    double pitch = WIDTH / Math.max(1, classes.size());
    List<Column> columns = new ArrayList<>();
    for (int label : classes) {
      double probability = Float.isFinite(probabilities[label]) ? probabilities[label] : 0;
      columns.add(
          new Column(
              label,
              probabilities[label],
              tenths(pitch * (columns.size() + 0.5)),
              tenths(pitch * 0.7),
              tenths(probability * (FOOT - 2)),
              style(digit, label)));
    }
    return List.copyOf(columns);
  }

  private static List<Integer> shownClasses(float[] probabilities) {
    return IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer label) -> -probabilities[label]))
        .limit(probabilities.length <= MOST_COLUMNS ? MOST_COLUMNS : MOST_WIDE_COLUMNS)
        .sorted()
        .toList();
  }

  private static String style(ClassifiedDigit digit, int label) {
    if (label == digit.actual()) {
      return "actual";
    }
    return label == digit.image().predicted() ? "mistaken" : "other";
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
