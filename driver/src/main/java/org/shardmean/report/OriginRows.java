package org.shardmean.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shardmean.data.VisibleText;
import org.shardmean.model.ModelOrigin;

/** Where a model comes from, as a list for people, in one language. */
public final class OriginRows {
  private OriginRows() {}

  /**
   * A line of the list.
   *
   * @param what it is about
   * @param value may hold any text, but no character that is invisible
   */
  public record Row(String what, String value) {}

  /** What a file says; parts that it does not have are left out. */
  public static List<Row> of(Optional<ModelOrigin> origin, Texts t) {
    return origin
        .map(there -> rows(there, t))
        .orElseGet(() -> List.of(new Row(t.text("origin.command"), t.text("origin.none"))));
  }

  private static List<Row> rows(ModelOrigin origin, Texts t) {
    List<Row> rows = new ArrayList<>();
    rows.add(foreign(t.text("origin.command"), origin.command()));
    rows.add(
        foreign(
            t.text("origin.data"),
            t.text("origin.dataValue", origin.data(), origin.dataChecksum())));
    addFigure(rows, origin, t.text("origin.epoch"), "epoch", "%.0f", t);
    addFigure(rows, origin, t.text("origin.validationAccuracy"), "validationAccuracy", "%.4f", t);
    addFigure(rows, origin, t.text("origin.validationLoss"), "validationLoss", "%.4f", t);
    addFigure(rows, origin, t.text("origin.testAccuracy"), "testAccuracy", "%.4f", t);
    rows.add(foreign(t.text("origin.status"), origin.status()));
    origin
        .parent()
        .ifPresent(
            parent ->
                rows.add(
                    foreign(
                        t.text("origin.parent"),
                        t.text(
                            "origin.parentValue",
                            RecordedSentences.in(t, parent.after()),
                            parent.parametersSha256()))));
    addVersions(rows, origin, t.text("origin.program"), "shardmean", "commit");
    addVersions(rows, origin, t.text("origin.versions"), "java", "spark", "os");
    Optional.ofNullable(origin.versions().get("processor"))
        .ifPresent(processor -> rows.add(foreign(t.text("origin.processor"), processor)));
    return List.copyOf(rows);
  }

  private static Row foreign(String what, String value) {
    return new Row(what, VisibleText.of(value));
  }

  private static void addFigure(
      List<Row> rows, ModelOrigin origin, String what, String name, String format, Texts t) {
    if (origin.metrics().containsKey(name)) {
      rows.add(new Row(what, t.number(format, origin.metrics().get(name))));
    }
  }

  private static void addVersions(
      List<Row> rows, ModelOrigin origin, String what, String... names) {
    String versions =
        Stream.of(names)
            .filter(name -> origin.versions().containsKey(name))
            .map(name -> name + " " + origin.versions().get(name))
            .collect(Collectors.joining(", "));
    if (!versions.isEmpty()) {
      rows.add(foreign(what, versions));
    }
  }
}
