package org.shardmean.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.shardmean.metrics.ClassifiedExample;

/**
 * An example with the probabilities that the network gives it, laid out as a column for each class;
 * the template {@code example.jte} draws it. Coordinates are the drawing's own units, from the
 * upper left corner.
 *
 * @param columns in order of class: all of up to ten classes, else the likeliest six
 */
record ShownExample(ClassifiedExample example, String image, List<Column> columns) {
  static final double WIDTH = 100;
  static final double HEIGHT = 50;
  static final double FOOT = HEIGHT - 14;
  private static final int MOST_COLUMNS = 10;

  /** Of more than ten classes, whose labels have two figures. */
  private static final int MOST_WIDE_COLUMNS = 6;

  /**
   * @param height of the column
   * @param style the CSS class it is drawn with: {@code actual}, {@code mistaken} for the predicted
   *     class of a mistake, or {@code other}
   */
  record Column(
      int label, double probability, double x, double width, double height, String style) {}

  static ShownExample of(ClassifiedExample example, int height, int width) {
    return new ShownExample(
        example, GreyPng.of(example.image().pixels(), height, width).dataUri(), columns(example));
  }

  /** The probability of the predicted class. */
  double confidence() {
    return example.image().confidence();
  }

  private static List<Column> columns(ClassifiedExample example) {
    float[] probabilities = example.image().probabilities();
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
              style(example, label)));
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

  private static String style(ClassifiedExample example, int label) {
    if (label == example.actual()) {
      return "actual";
    }
    return label == example.image().predicted() ? "mistaken" : "other";
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
