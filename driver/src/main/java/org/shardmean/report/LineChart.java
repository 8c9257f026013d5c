package org.shardmean.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * Lines over the epochs, laid out; the template {@code lineChart.jte} draws it. Coordinates are the
 * drawing's own units, from the upper left corner.
 *
 * @param id unique in the page
 * @param title what is drawn
 * @param description the figures in words, for those who do not see it
 * @param across what the horizontal axis counts
 */
record LineChart(
    String id,
    String title,
    String description,
    String across,
    List<Tick> epochTicks,
    List<Tick> valueTicks,
    List<Line> lines) {
  static final double WIDTH = 400;
  static final double HEIGHT = 240;
  static final double LEFT = 52;
  static final double RIGHT = WIDTH - 12;
  static final double TOP = 12;
  static final double BOTTOM = HEIGHT - 42;

  /** A mark on an axis. */
  record Tick(double at, String label) {}

  /** A value of a line. */
  record Dot(double x, double y, String label) {}

  /**
   * One line.
   *
   * @param style the class it is drawn with
   * @param path as SVG's {@code d}; it breaks where a value is not finite
   */
  record Line(String name, String style, String path, List<Dot> dots) {}

  /**
   * Values to be drawn.
   *
   * @param values one for each epoch, from the first; what is not finite leaves a gap
   */
  record Series(String name, String style, double[] values) {}

  /** Half the width of a value's mark: smaller where there are many. */
  double markSize() {
    int most = lines.stream().mapToInt(line -> line.dots().size()).max().orElse(0);
    return Math.max(1, Math.min(4, tenths(120.0 / Math.max(1, most))));
  }

  /** What a chart says in words. */
  record Words(String id, String title, String description, String across, DotLabel dot) {}

  /** What is shown when a value is pointed at. */
  @FunctionalInterface
  interface DotLabel {
    String of(int epoch, String line, String value);
  }

  /**
   * Lays out a chart.
   *
   * @param words what it says
   * @param vertical the axis of the values
   * @param written how a value is written beside a dot
   * @param tick how a value is written beside the axis
   */
  static LineChart of(
      Words words,
      Axis vertical,
      List<Series> series,
      DoubleFunction<String> written,
      DoubleFunction<String> tick) {
    int epochs = series.stream().mapToInt(s -> s.values().length).max().orElse(0);
    Axis horizontal = Axis.ofEpochs(Math.max(1, epochs));
    List<Line> lines = new ArrayList<>();
    for (Series one : series) {
      List<Dot> dots = dots(one, words, horizontal, vertical, written);
      lines.add(new Line(one.name(), one.style(), path(dots, one.values()), dots));
    }
    return new LineChart(
        words.id(),
        words.title(),
        words.description(),
        words.across(),
        horizontal.ticks().stream()
            .filter(epoch -> epoch >= 1 && epoch <= epochs)
            .map(epoch -> new Tick(x(horizontal, epoch), String.valueOf(Math.round(epoch))))
            .toList(),
        vertical.ticks().stream()
            .map(value -> new Tick(y(vertical, value), tick.apply(value)))
            .toList(),
        List.copyOf(lines));
  }

  private static List<Dot> dots(
      Series series, Words words, Axis horizontal, Axis vertical, DoubleFunction<String> written) {
    List<Dot> dots = new ArrayList<>();
    for (int e = 0; e < series.values().length; e++) {
      double value = series.values()[e];
      if (Double.isFinite(value)) {
        String label = words.dot().of(e + 1, series.name(), written.apply(value));
        dots.add(new Dot(x(horizontal, e + 1), y(vertical, value), label));
      }
    }
    return List.copyOf(dots);
  }

  private static String path(List<Dot> dots, double[] values) {
    StringBuilder path = new StringBuilder();
    boolean penIsDown = false;
    int next = 0;
    for (double value : values) {
      if (Double.isFinite(value)) {
        Dot dot = dots.get(next++);
        path.append(String.format(Locale.ROOT, "%s%.1f %.1f", penIsDown ? "L" : "M", dot.x, dot.y));
        penIsDown = true;
      } else {
        penIsDown = false;
      }
    }
    return path.toString();
  }

  private static double x(Axis axis, double epoch) {
    return tenths(LEFT + axis.share(epoch) * (RIGHT - LEFT));
  }

  private static double y(Axis axis, double value) {
    return tenths(BOTTOM - axis.share(value) * (BOTTOM - TOP));
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
