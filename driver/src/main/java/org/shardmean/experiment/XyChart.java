package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.shardmean.report.Axis;

/**
 * Values over a number such as the workers, with spreads and bands, laid out; the template {@code
 * xyChart.jte} draws it. Coordinates are the drawing's own units, from the upper left corner.
 *
 * @param id unique in the page
 * @param description the figures in words, for those who do not see it
 * @param across what the horizontal axis counts
 */
record XyChart(
    String id,
    String title,
    String description,
    String across,
    List<Tick> xTicks,
    List<Tick> yTicks,
    List<Path> paths,
    List<Mark> marks) {
  static final double WIDTH = 420;
  static final double HEIGHT = 260;
  static final double LEFT = 58;
  static final double RIGHT = WIDTH - 14;
  static final double TOP = 12;
  static final double BOTTOM = HEIGHT - 44;

  /** Ticks nearer to the one before have no label. */
  private static final double LABEL_ROOM = 26;

  /** A mark on an axis. */
  record Tick(double at, String label) {}

  /** A line or a band. */
  record Path(String style, String d) {}

  /** A value with its spread. */
  record Mark(double x, double y, double top, double bottom, String style, String label) {}

  /** A value to be drawn, from {@code low} to {@code high}. */
  record Value(double x, double y, double low, double high) {}

  /**
   * Values to be drawn.
   *
   * @param style the class they are drawn with
   * @param look whether as marks, a line, or the band from low to high
   */
  record Series(String name, String style, Look look, List<Value> values) {
    Series {
      requireNonNull(look, "look");
      values = List.copyOf(values);
    }
  }

  /** How a series is drawn. */
  enum Look {
    MARKS,
    LINE,
    BAND
  }

  /** What a chart says in words. */
  record Words(String id, String title, String across) {}

  XyChart {
    xTicks = List.copyOf(xTicks);
    yTicks = List.copyOf(yTicks);
    paths = List.copyOf(paths);
    marks = List.copyOf(marks);
  }

  /**
   * Lays out a chart.
   *
   * @param ticks of the horizontal axis, upwards
   * @param last of the horizontal axis, which begins with the first tick
   * @param written how a value is written
   */
  static XyChart of(
      Words words,
      Axis vertical,
      List<Double> ticks,
      double last,
      List<Series> series,
      DoubleFunction<String> written) {
    Scale scale = new Scale(ticks.get(0), Math.max(last, ticks.get(0) + 1e-9), vertical);
    List<Path> paths = new ArrayList<>();
    List<Mark> marks = new ArrayList<>();
    List<String> said = new ArrayList<>();
    for (Series one : series) {
      if (one.look() == Look.BAND) {
        paths.add(new Path(one.style(), scale.band(one.values())));
      } else {
        paths.add(new Path(one.style(), scale.line(one.values())));
      }
      if (one.look() == Look.MARKS) {
        one.values().forEach(value -> marks.add(scale.mark(one, value, words.across(), written)));
        one.values().forEach(value -> said.add(label(one, value, words.across(), written)));
      }
    }
    return new XyChart(
        words.id(),
        words.title(),
        String.join("; ", said),
        words.across(),
        xTicks(ticks, scale),
        vertical.ticks().stream()
            .map(value -> new Tick(scale.y(value), written.apply(value)))
            .toList(),
        paths,
        marks);
  }

  private static List<Tick> xTicks(List<Double> ticks, Scale scale) {
    List<Tick> kept = new ArrayList<>();
    for (double tick : ticks) {
      double at = scale.x(tick);
      if (kept.isEmpty() || at - kept.get(kept.size() - 1).at() >= LABEL_ROOM) {
        kept.add(new Tick(at, String.valueOf(Math.round(tick))));
      }
    }
    return kept;
  }

  private static String label(
      Series series, Value value, String across, DoubleFunction<String> written) {
    String spread =
        value.high() > value.low()
            ? " (" + written.apply(value.low()) + " to " + written.apply(value.high()) + ")"
            : "";
    return "%s, %s %d: %s%s"
        .formatted(series.name(), across, Math.round(value.x()), written.apply(value.y()), spread);
  }

  /** From figures to the drawing's units. */
  private record Scale(double first, double last, Axis vertical) {
    double x(double value) {
      return tenths(LEFT + (value - first) / (last - first) * (RIGHT - LEFT));
    }

    double y(double value) {
      double share = Math.max(-0.05, Math.min(1.05, vertical.share(value)));
      return tenths(BOTTOM - share * (BOTTOM - TOP));
    }

    String line(List<Value> values) {
      StringBuilder path = new StringBuilder();
      for (Value value : values) {
        append(path, value.x(), value.y());
      }
      return path.toString();
    }

    String band(List<Value> values) {
      StringBuilder path = new StringBuilder();
      values.forEach(value -> append(path, value.x(), value.high()));
      for (int i = values.size() - 1; i >= 0; i--) {
        append(path, values.get(i).x(), values.get(i).low());
      }
      return path.append('Z').toString();
    }

    Mark mark(Series series, Value value, String across, DoubleFunction<String> written) {
      return new Mark(
          x(value.x()),
          y(value.y()),
          y(value.high()),
          y(value.low()),
          series.style(),
          label(series, value, across, written));
    }

    private void append(StringBuilder path, double x, double y) {
      path.append(
          String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", x(x), y(y)));
    }

    private static double tenths(double value) {
      return Math.round(value * 10) / 10.0;
    }
  }
}
