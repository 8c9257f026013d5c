package org.shardmean.jobs.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.shardmean.data.TableAddress;
import org.shardmean.data.VisibleText;
import org.shardmean.jobs.console.Columns;
import org.shardmean.jobs.console.TextTable;
import org.shardmean.report.Texts;
import org.shardmean.spark.TableFile;

/** A table as text for a terminal: what each column holds. */
final class TableInspection {
  private static final String[] STATISTICS = {"count", "mean", "stddev", "min", "max"};

  private TableInspection() {}

  /** A line for each column; of those that are no numbers without mean and deviation. */
  static List<String> lines(TableAddress address, Texts t) {
    Dataset<Row> table = TableFile.open(SparkSession.builder().getOrCreate(), address);
    List<Row> statistics = table.summary(STATISTICS).collectAsList();
    List<String> known = Arrays.asList(statistics.get(0).schema().fieldNames());
    List<String> names =
        Arrays.stream(table.schema().fields())
            .map(field -> VisibleText.of(field.name()) + " " + field.dataType().simpleString())
            .toList();
    int widest = names.stream().mapToInt(Columns::of).max().orElse(0);
    TextTable shown =
        new TextTable(
            List.of(
                new TextTable.Column(t.text("data.columns"), 0, -Math.max(8, widest)),
                new TextTable.Column(t.text("classes.support"), 2, 10),
                new TextTable.Column(t.text("inspect.mean"), 2, 12),
                new TextTable.Column(t.text("console.deviation"), 2, 12),
                new TextTable.Column(t.text("inspect.minimum"), 2, 12),
                new TextTable.Column(t.text("inspect.maximum"), 2, 12)));
    List<String> lines = new ArrayList<>(List.of(address.name(), "", shown.head()));
    for (int c = 0; c < names.size(); c++) {
      List<String> cells = new ArrayList<>(List.of(names.get(c)));
      int place = known.indexOf(table.columns()[c]);
      statistics.forEach(
          row -> cells.add(place < 0 || row.isNullAt(place) ? "" : shown(row.getString(place))));
      lines.add(shown.row(cells));
    }
    return lines;
  }

  /** Numbers have many digits; a text may be long. */
  private static String shown(String cell) {
    String visible = VisibleText.of(cell);
    return visible.substring(0, Math.min(10, visible.length()));
  }
}
