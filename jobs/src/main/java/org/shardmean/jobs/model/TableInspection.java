package org.shardmean.jobs.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructField;
import org.shardmean.data.TableAddress;
import org.shardmean.data.VisibleText;
import org.shardmean.jobs.console.Columns;
import org.shardmean.jobs.console.TextTable;
import org.shardmean.report.Texts;
import org.shardmean.spark.TableFile;

/** A table as text for a terminal: what each column holds. */
final class TableInspection {
  private static final String COUNT = "count";
  private static final String MEAN = "mean";
  private static final String DEVIATION = "stddev";
  private static final String MINIMUM = "min";
  private static final String MAXIMUM = "max";
  private static final List<String> STATISTICS = List.of(COUNT, MEAN, DEVIATION, MINIMUM, MAXIMUM);

  private static final int NARROWEST = 10;
  private static final int MOST_LETTERS = 16;

  private TableInspection() {}

  /** A line for each column; of those that are no numbers without mean and deviation. */
  static List<String> lines(TableAddress address, Texts t) {
    Dataset<Row> table = TableFile.open(SparkSession.builder().getOrCreate(), address);
    List<Row> statistics = table.summary(STATISTICS.toArray(String[]::new)).collectAsList();
    List<List<String>> rows =
        Arrays.stream(table.schema().fields()).map(field -> row(field, statistics, t)).toList();
    TextTable shown = table(rows, t);
    List<String> lines = new ArrayList<>(List.of(address.name(), "", shown.head()));
    rows.forEach(row -> lines.add(shown.row(row)));
    return lines;
  }

  /** As wide as its widest cell, so that no number is cut. */
  private static TextTable table(List<List<String>> rows, Texts t) {
    List<String> titles =
        List.of(
            t.text("data.columns"),
            t.text("classes.support"),
            t.text("inspect.mean"),
            t.text("console.deviation"),
            t.text("inspect.minimum"),
            t.text("inspect.maximum"));
    List<TextTable.Column> columns = new ArrayList<>();
    for (int c = 0; c < titles.size(); c++) {
      int place = c;
      int widest = rows.stream().mapToInt(row -> Columns.of(row.get(place))).max().orElse(0);
      int width = Math.max(NARROWEST, widest);
      columns.add(new TextTable.Column(titles.get(c), c == 0 ? 0 : 2, c == 0 ? -width : width));
    }
    return new TextTable(columns);
  }

  private static List<String> row(StructField field, List<Row> statistics, Texts t) {
    List<String> cells =
        new ArrayList<>(
            List.of(VisibleText.of(field.name()) + " " + field.dataType().simpleString()));
    for (int s = 0; s < STATISTICS.size(); s++) {
      Row found = statistics.get(s);
      boolean isThere = Arrays.asList(found.schema().fieldNames()).contains(field.name());
      String cell = isThere ? found.<String>getAs(field.name()) : null;
      cells.add(cell == null ? "" : shown(STATISTICS.get(s), cell, field.dataType(), t));
    }
    return cells;
  }

  /** Whole numbers as they are, others to six digits; a text may be long. */
  private static String shown(String statistic, String cell, DataType type, Texts t) {
    boolean isExtreme = statistic.equals(MINIMUM) || statistic.equals(MAXIMUM);
    if (statistic.equals(COUNT) || (isExtreme && isWhole(type))) {
      return t.number("%,d", Long.parseLong(cell));
    }
    if (isExtreme && !(type instanceof NumericType)) {
      return cut(VisibleText.of(cell));
    }
    return t.number("%.6g", Double.parseDouble(cell));
  }

  private static boolean isWhole(DataType type) {
    return type instanceof ByteType
        || type instanceof ShortType
        || type instanceof IntegerType
        || type instanceof LongType;
  }

  private static String cut(String text) {
    int letters = text.codePointCount(0, text.length());
    return letters <= MOST_LETTERS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MOST_LETTERS - 3)) + "...";
  }
}
