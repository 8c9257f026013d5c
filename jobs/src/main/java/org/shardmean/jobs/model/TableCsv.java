package org.shardmean.jobs.model;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.shardmean.report.CsvField;

/**
 * A table as one CSV file with a header, in the format of RFC 4180, but lines end with {@code \n};
 * in UTF-8. Texts are {@link CsvField}s, a missing value is an empty field, and what is neither
 * text nor number stands as Spark shows it.
 */
final class TableCsv {
  private TableCsv() {}

  /** Writes all rows, in the table's order, and leaves the stream open. */
  static void write(Dataset<Row> table, OutputStream out) throws IOException {
    Writer csv = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    line(csv, Stream.of(table.columns()).map(CsvField::of).toList());
    Iterator<Row> rows = table.toLocalIterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      line(
          csv,
          Stream.iterate(0, c -> c < row.length(), c -> c + 1)
              .map(c -> field(row.get(c)))
              .toList());
    }
    csv.flush();
  }

  private static String field(Object cell) {
    if (cell == null) {
      return "";
    }
    return cell instanceof Number || cell instanceof Boolean
        ? cell.toString()
        : CsvField.of(cell.toString());
  }

  private static void line(Writer csv, List<String> fields) throws IOException {
    csv.write(String.join(",", fields));
    csv.write('\n');
  }
}
