package org.shardmean.data;

import java.util.Arrays;

/**
 * One way of writing a digit: the points that the pen passes through, in two extreme poses of the
 * same points. A drawn digit lies anywhere between the two.
 *
 * <p>Coordinates are 0 to 100, x to the right and y down. Written as text, a pose is a list of
 * {@code x,y}; a point is passed smoothly unless it ends in {@code !}, which makes it a corner;
 * {@code /} lifts the pen.
 */
final class DigitShape {
  private final float[] fromX;
  private final float[] fromY;
  private final float[] toX;
  private final float[] toY;

  /** Whether the pen stops at point p: a corner, or a stroke's first or last point. */
  private final boolean[] stops;

  /** Whether a stroke ends at point p, so that no line leads from it to the next one. */
  private final boolean[] lifts;

  private DigitShape(
      float[] fromX, float[] fromY, float[] toX, float[] toY, boolean[] stops, boolean[] lifts) {
    this.fromX = fromX;
    this.fromY = fromY;
    this.toX = toX;
    this.toY = toY;
    this.stops = stops;
    this.lifts = lifts;
  }

  /**
   * Reads the two poses.
   *
   * @throws IllegalArgumentException if the poses differ in their strokes, points or corners
   */
  static DigitShape of(String from, String to) {
    String structure = from.replaceAll("[0-9]+", "n");
    if (!structure.equals(to.replaceAll("[0-9]+", "n"))) {
      throw new IllegalArgumentException(
          "both poses must have the same points, found \"" + from + "\" and \"" + to + "\"");
    }
    String[] words = from.split(" ", -1);
    int points = (int) Arrays.stream(words).filter(word -> !word.equals("/")).count();
    boolean[] stops = new boolean[points];
    boolean[] lifts = new boolean[points];
    stops[0] = true;
    int point = 0;
    for (String word : words) {
      if (word.equals("/")) {
        lifts[point - 1] = true;
        stops[point - 1] = true;
        stops[point] = true;
      } else {
        stops[point] |= word.endsWith("!");
        point++;
      }
    }
    lifts[points - 1] = true;
    stops[points - 1] = true;
    return new DigitShape(
        coordinates(from, 0),
        coordinates(from, 1),
        coordinates(to, 0),
        coordinates(to, 1),
        stops,
        lifts);
  }

  int points() {
    return stops.length;
  }

  float x(int point, float between) {
    return fromX[point] + (toX[point] - fromX[point]) * between;
  }

  float y(int point, float between) {
    return fromY[point] + (toY[point] - fromY[point]) * between;
  }

  boolean liftsAt(int point) {
    return lifts[point];
  }

  /** The point that bends the line as it leaves {@code point}: the one before, or itself. */
  int before(int point) {
    return stops[point] ? point : point - 1;
  }

  /** The point that bends the line as it reaches {@code point}: the one after, or itself. */
  int after(int point) {
    return stops[point] ? point : point + 1;
  }

  private static float[] coordinates(String pose, int axis) {
    String[] words = pose.replace("!", "").replace("/ ", "").split(" ", -1);
    float[] values = new float[words.length];
    for (int i = 0; i < words.length; i++) {
      values[i] = Float.parseFloat(words[i].split(",", -1)[axis]);
    }
    return values;
  }
}
