package org.shardmean.spark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A row of a table, as text, to show what a message is about. */
final class TableExample {
  private static final int MOST_CHARACTERS = 300;

  private TableExample() {}

  /** Which rows are looked for. */
  interface Sought extends Serializable {
    boolean is(TableRow row);
  }

  /** The first in the order of their texts, so that it is the same one each time. */
  static String of(Dataset<Row> rows, TableFields fields, Sought sought) {
    String text =
        rows.javaRDD()
            .mapPartitions(new Search(fields, sought))
            .reduce((one, other) -> one.compareTo(other) <= 0 ? one : other);
    return cut(text);
  }

  /** As much of a row's text as a message holds. */
  static String cut(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
  }

  /** The first of a partition, if there is one. */
  private record Search(TableFields fields, Sought sought)
      implements FlatMapFunction<Iterator<Row>, String> {
    @Override
    public Iterator<String> call(Iterator<Row> rows) {
      String first = null;
      while (rows.hasNext()) {
        Row row = rows.next();
        if (sought.is(TableRow.of(row, fields))) {
          String text = row.json();
          first = first == null || text.compareTo(first) < 0 ? text : first;
        }
      }
      return first == null ? List.<String>of().iterator() : List.of(first).iterator();
    }
  }
}
