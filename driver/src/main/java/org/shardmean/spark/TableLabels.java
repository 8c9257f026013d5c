package org.shardmean.spark;

import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.shardmean.data.DataException;

/**
 * The classes of a table's rows.
 *
 * @param names in order, numbers by size and texts by their letters; empty where a label is its
 *     class' number
 * @param count how many classes there are
 */
record TableLabels(List<String> names, int count) {
  /** As many as a report shows. */
  static final int MOST_CLASSES = 256;

  /** Labels of more are taken for numbers to answer with, unless somebody says otherwise. */
  static final int MOST_GUESSED = 100;

  /**
   * The labels of a column.
   *
   * @throws DataException if there are too many, or fewer than two
   */
  static TableLabels of(Dataset<Row> table, String column) {
    List<String> found = distinct(table, column, MOST_CLASSES + 1);
    if (found.size() > MOST_CLASSES || found.size() < 2) {
      throw new DataException(
          "column %s: expected 2 to %d classes, found %s; give another --label, or --task regression for numbers"
              .formatted(
                  column,
                  MOST_CLASSES,
                  found.size() > MOST_CLASSES ? "more" : String.valueOf(found.size())));
    }
    List<String> numbers = IntStream.range(0, found.size()).mapToObj(String::valueOf).toList();
    return new TableLabels(found.equals(numbers) ? List.of() : found, found.size());
  }

  /** Different labels as texts, in order, at most so many; missing ones are none. */
  private static List<String> distinct(Dataset<Row> table, String column, int most) {
    requireType(table, column);
    Column label = TableColumns.named(column);
    return table
        .select(label.as("label"), text(table, column).as("name"))
        .filter("label is not null")
        .distinct()
        .orderBy("label")
        .limit(most)
        .collectAsList()
        .stream()
        .map(row -> row.getString(1))
        .distinct()
        .toList();
  }

  private static void requireType(Dataset<Row> table, String column) {
    DataType type = table.schema().apply(column).dataType();
    if (!(type instanceof NumericType
        || type instanceof StringType
        || type instanceof BooleanType)) {
      throw new DataException(
          "column %s: expected texts, numbers or true and false as labels, found %s; give another --label"
              .formatted(column, type.simpleString()));
    }
  }

  /** A label as a text; whole numbers without a fraction, however they are held. */
  private static Column text(Dataset<Row> table, String column) {
    Column label = TableColumns.named(column);
    if (!(table.schema().apply(column).dataType() instanceof NumericType)) {
      return label.cast("string");
    }
    Column whole = label.cast("long");
    return org.apache
        .spark
        .sql
        .functions
        .when(label.equalTo(whole), whole.cast("string"))
        .otherwise(label.cast("string"));
  }

  /** Whether the label of a table is likely a class: a text, or one of few whole numbers. */
  static boolean areLikely(Dataset<Row> table, String column) {
    requireType(table, column);
    if (!(table.schema().apply(column).dataType() instanceof NumericType)) {
      return true;
    }
    List<String> found = distinct(table, column, MOST_GUESSED + 1);
    return found.size() <= MOST_GUESSED && found.stream().allMatch(name -> name.matches("-?\\d+"));
  }

  /** The table with its label as the class' number, -1 where it is none of them. */
  Dataset<Row> indexed(Dataset<Row> table, String column) {
    return names.isEmpty()
        ? table
        : table.withColumn(
            column,
            array_position(lit(names.toArray(String[]::new)), text(table, column))
                .minus(1)
                .cast("double"));
  }
}
