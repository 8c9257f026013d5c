package org.shardmean.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunEvent;
import org.shardmean.run.TimeSplit;

/**
 * A run's epochs as rows of a timeline, all on one scale of seconds: each round's compute, waiting
 * and sync, one after another, then the evaluation; and where an executor was lost or joined.
 *
 * @param rows in order; an excerpt of many epochs
 * @param seconds of the longest row
 * @param ticks round numbers of seconds along the rows
 */
record Timeline(Excerpt<Row> rows, double seconds, List<Tick> ticks) {
  /** Of the longest row, and the height of a row, in the drawing's own units. */
  static final double LENGTH = 1000;

  static final double HEIGHT = 22;

  /** Epochs, and parts of all rows together, that a drawing has at most. */
  private static final int MOST_ROWS = 40;

  private static final int MOST_PARTS = 4000;

  private static final Pattern PLACE = Pattern.compile("epoch (\\d+)(?:\\D+round (\\d+))?.*");

  /**
   * An epoch.
   *
   * @param marks where something disturbed it
   */
  record Row(int epoch, int rounds, double seconds, List<Part> parts, List<Mark> marks) {}

  /** A part of a row, drawn with a class of its own. */
  record Part(double from, double length, String style) {}

  /** A disturbance, at the beginning of the current round. */
  record Mark(double at, String line) {}

  /** A number of seconds, at a place. */
  record Tick(double at, double seconds) {}

  static Timeline of(List<EpochRecord> epochs, List<RunEvent> events) {
    double longest = epochs.stream().mapToDouble(epoch -> finite(epoch.seconds())).max().orElse(0);
    double scale = longest > 0 ? LENGTH / longest : 0;
    int parts = epochs.stream().mapToInt(epoch -> 3 * epoch.rounds().size() + 1).max().orElse(1);
    int most = Math.max(2, Math.min(MOST_ROWS, MOST_PARTS / parts));
    Excerpt<EpochRecord> shown = Excerpt.of(epochs, most);
    List<Row> rows = shown.items().stream().map(epoch -> row(epoch, events, scale)).toList();
    return new Timeline(
        new Excerpt<>(rows, shown.gap(), shown.leftOut()), longest, ticks(longest, scale));
  }

  private static Row row(EpochRecord epoch, List<RunEvent> events, double scale) {
    List<Part> parts = new ArrayList<>();
    List<Mark> marks = new ArrayList<>();
    double at = 0;
    for (RoundRecord round : epoch.rounds()) {
      marks.addAll(marks(events, epoch.epoch(), round.round(), at));
      TimeSplit time = round.time();
      at = add(parts, at, time.compute() * scale, "compute");
      at = add(parts, at, time.waiting() * scale, "waiting");
      at = add(parts, at, time.sync() * scale, "sync");
    }
    marks.addAll(marks(events, epoch.epoch(), 0, at));
    add(parts, at, epoch.time().evaluation() * scale, "evaluation");
    return new Row(epoch.epoch(), epoch.rounds().size(), epoch.seconds(), parts, marks);
  }

  private static double add(List<Part> parts, double at, double length, String style) {
    double size = finite(length);
    parts.add(new Part(tenths(at), tenths(size), style));
    return at + size;
  }

  /**
   * What disturbed a round.
   *
   * @param round 0 for the evaluation, and what belongs to no round
   */
  private static List<Mark> marks(List<RunEvent> events, int epoch, int round, double at) {
    return events.stream()
        .filter(event -> isDuring(event, epoch, round))
        .map(event -> new Mark(tenths(at), event.line()))
        .toList();
  }

  private static boolean isDuring(RunEvent event, int epoch, int round) {
    Matcher place = PLACE.matcher(event.during());
    return place.matches()
        && place.group(1).equals(String.valueOf(epoch))
        && (place.group(2) == null ? round == 0 : place.group(2).equals(String.valueOf(round)));
  }

  private static List<Tick> ticks(double longest, double scale) {
    return longest > 0
        ? Axis.covering(0, longest).ticks().stream()
            .filter(seconds -> seconds <= longest)
            .map(seconds -> new Tick(tenths(seconds * scale), seconds))
            .toList()
        : List.of();
  }

  private static double finite(double size) {
    return Double.isFinite(size) ? Math.max(0, size) : 0;
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
