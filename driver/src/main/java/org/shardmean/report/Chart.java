package org.shardmean.report;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/**
 * Values over a number, such as the loss over the epochs or the speedup over the workers, laid out;
 * the template {@code chart.jte} draws it. Coordinates are the drawing's own units, from the upper
 * left corner.
 *
 * @param id unique in the page
 * @param description the figures in words, for those who do not see the drawing
 * @param across what the horizontal axis shows
 * @param marks the values of all series that have marks, with their spreads
 * @param markSize half the width of a mark: smaller where there are many
 */
public record Chart(
    String id,
    String title,
    String description,
    String across,
    List<Tick> acrossTicks,
    List<Tick> valueTicks,
    List<Path> paths,
    List<Mark> marks,
    double markSize) {
  public static final double WIDTH = 420;
  public static final double HEIGHT = 250;
  public static final double LEFT = 58;
  public static final double RIGHT = WIDTH - 14;
  public static final double TOP = 12;
  public static final double BOTTOM = HEIGHT - 44;

  /** A tick nearer to the one before has no label. */
  private static final double LABEL_ROOM = 26;

  private static final double LARGEST_MARK = 4;

  /** Values beyond the axis are drawn at most this share of its length outside. */
  private static final double BEYOND = 0.05;

  /** A mark on an axis. */
  public record Tick(double at, String label) {}

  /** A line or a band, as SVG's {@code d}; it breaks where a value is not finite. */
  public record Path(String style, String d) {}

  /**
   * A value with its spread.
   *
   * @param top where the spread ends; as {@code bottom} where there is none
   */
  public record Mark(
      double x,
      double y,
      double top,
      double bottom,
      String style,
      boolean isSquare,
      String label) {}

  /** A value that spreads from {@code low} to {@code high}. */
  public record Value(double x, double y, double low, double high) {
    /** One without a spread. */
    public static Value at(double x, double y) {
      return new Value(x, y, y, y);
    }
  }

  /**
   * Values to be drawn.
   *
   * @param style the CSS classes that they are drawn with
   * @param values in order; what is not finite leaves a gap
   */
  public record Series(String name, String style, Look look, List<Value> values) {
    public Series {
      requireNonNull(look, "look");
      values = List.copyOf(values);
    }
  }

  /** How a series is drawn: a line with round or square marks, a line alone, or a band. */
  public enum Look {
    DOTS,
    SQUARES,
    LINE,
    BAND;

    private boolean hasMarks() {
      return this == DOTS || this == SQUARES;
    }
  }

  /**
   * One direction of a chart.
   *
   * @param ticks values that are marked, upwards
   * @param written how a value is written beside the axis
   */
  public record Scale(double from, double to, List<Double> ticks, DoubleFunction<String> written) {
    public Scale {
      ticks = List.copyOf(ticks);
    }

    /** All of an axis, with its ticks. */
    public static Scale of(Axis axis, DoubleFunction<String> written) {
      return new Scale(axis.from(), axis.to(), axis.ticks(), written);
    }

    /**
     * From the first of some whole numbers to {@code last}, with a tick at each of them. A single
     * number stands in the middle.
     */
    public static Scale ofNumbers(List<Double> numbers, double last) {
      double first = numbers.get(0);
      return last > first
          ? new Scale(first, last, numbers, Scale::whole)
          : new Scale(first - 1, first + 1, numbers, Scale::whole);
    }

    /** Epochs from 1 to {@code last}, with round numbers marked. */
    public static Scale ofEpochs(int last) {
      Axis axis = Axis.ofEpochs(last);
      List<Double> ticks = axis.ticks().stream().filter(e -> e >= 1 && e <= last).toList();
      return new Scale(axis.from(), axis.to(), ticks, Scale::whole);
    }

    /** From the start of a run, 0, to the end of its last epoch, with round numbers marked. */
    public static Scale fromStart(int epochs) {
      List<Double> ticks =
          Axis.covering(0, epochs).ticks().stream()
              .filter(tick -> tick <= epochs && tick == Math.rint(tick))
              .toList();
      return new Scale(0, epochs, ticks, Scale::whole);
    }

    private static String whole(double value) {
      return String.valueOf(Math.round(value));
    }

    private double share(double value) {
      return (value - from) / (to - from);
    }
  }

  /**
   * What a chart says in words.
   *
   * @param description of the whole drawing; where it is empty, all labels of marks are listed
   * @param across what the horizontal axis shows
   * @param label what is said of a mark
   */
  public record Words(
      String id,
      String title,
      String description,
      String across,
      BiFunction<Series, Value, String> label) {}

  public Chart {
    acrossTicks = List.copyOf(acrossTicks);
    valueTicks = List.copyOf(valueTicks);
    paths = List.copyOf(paths);
    marks = List.copyOf(marks);
  }

  /** Lays out a chart: each series over the one before. */
  public static Chart of(Words words, Scale across, Scale up, List<Series> series) {
    Plane plane = new Plane(across, up);
    List<Mark> marks =
        series.stream().flatMap(one -> plane.marks(one, words.label()).stream()).toList();
    return new Chart(
        words.id(),
        words.title(),
        words.description().isEmpty()
            ? String.join("; ", marks.stream().map(Mark::label).toList())
            : words.description(),
        words.across(),
        spacedTicks(plane),
        up.ticks().stream().map(v -> new Tick(plane.y(v), up.written().apply(v))).toList(),
        series.stream().map(one -> new Path(one.style(), plane.path(one))).toList(),
        marks,
        markSize(series));
  }

  private static List<Tick> spacedTicks(Plane plane) {
    List<Tick> kept = new ArrayList<>();
    for (double tick : plane.across.ticks()) {
      double at = plane.x(tick);
      if (kept.isEmpty() || at - kept.get(kept.size() - 1).at() >= LABEL_ROOM) {
        kept.add(new Tick(at, plane.across.written().apply(tick)));
      }
    }
    return kept;
  }

  private static double markSize(List<Series> series) {
    int most = series.stream().mapToInt(one -> one.values().size()).max().orElse(0);
    return Math.max(1, Math.min(LARGEST_MARK, tenths(120.0 / Math.max(1, most))));
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }

  /** From values to the drawing's units. */
  private record Plane(Scale across, Scale up) {
    double x(double value) {
      return tenths(LEFT + across.share(value) * (RIGHT - LEFT));
    }

    double y(double value) {
      double share = Math.max(-BEYOND, Math.min(1 + BEYOND, up.share(value)));
      return tenths(BOTTOM - share * (BOTTOM - TOP));
    }

    String path(Series series) {
      return series.look() == Look.BAND ? band(series.values()) : line(series.values());
    }

    List<Mark> marks(Series series, BiFunction<Series, Value, String> label) {
      return series.look().hasMarks()
          ? finite(series.values()).map(value -> mark(series, value, label)).toList()
          : List.of();
    }

    private Mark mark(Series series, Value value, BiFunction<Series, Value, String> label) {
      return new Mark(
          x(value.x()),
          y(value.y()),
          y(value.high()),
          y(value.low()),
          series.style(),
          series.look() == Look.SQUARES,
          label.apply(series, value));
    }

    private String line(List<Value> values) {
      StringBuilder path = new StringBuilder();
      boolean penIsDown = false;
      for (Value value : values) {
        boolean isFinite = Double.isFinite(value.y());
        if (isFinite) {
          path.append(point(penIsDown ? "L" : "M", value.x(), value.y()));
        }
        penIsDown = isFinite;
      }
      return path.toString();
    }

    /** Along the upper edge and back along the lower one. */
    private String band(List<Value> values) {
      List<Value> kept = finite(values).toList();
      StringBuilder path = new StringBuilder();
      for (Value value : kept) {
        path.append(point(path.isEmpty() ? "M" : "L", value.x(), value.high()));
      }
      for (int i = kept.size() - 1; i >= 0; i--) {
        path.append(point("L", kept.get(i).x(), kept.get(i).low()));
      }
      return kept.isEmpty() ? "" : path.append('Z').toString();
    }

    private String point(String command, double x, double y) {
      return String.format(Locale.ROOT, "%s%.1f %.1f", command, x(x), y(y));
    }

    private static Stream<Value> finite(List<Value> values) {
      return values.stream().filter(value -> Double.isFinite(value.y()));
    }
  }
}
