package org.shardmean.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.shardmean.data.DataException;
import org.shardmean.data.RowSet;

/**
 * Rows of a DataFrame as examples, for a {@link org.shardmean.data.Dataset}. They stand in an order
 * that follows from their content alone: the same rows give the same examples, and so the same bits
 * of a training, in whatever order and partitioning they come.
 */
public final class TableRows {
  private static final String FINITE =
      "%1$s is null or isnan(%1$s) or abs(%1$s) > 3.4028234663852886E38D";

  private TableRows() {}

  /**
   * Checks the rows on Spark and collects them on the driver, packed. They have to fit in its
   * memory twice, 4 bytes a number.
   *
   * @throws DataException if a column is missing, holds no numbers, or a row cannot be an example:
   *     its column is named, how many such rows there are, and one of them
   */
  public static RowSet collect(Dataset<Row> table, TableColumns columns) {
    requireNumbers(table, columns);
    Dataset<Row> rows = inDoubles(table, columns);
    List<Integer> widths = widths(rows, columns);
    requireSound(rows, columns);
    int features = widths.stream().mapToInt(Integer::intValue).sum();
    RowSet.Shape shape =
        new RowSet.Shape(
            features, columns.classes(), columns.targets().size(), columns.weight().isPresent());
    return inOrder(shape, rows.javaRDD().mapPartitions(new Packing(shape)).collect());
  }

  private static void requireNumbers(Dataset<Row> table, TableColumns columns) {
    List<String> known = Arrays.asList(table.columns());
    for (String name : columns.all()) {
      if (!known.contains(name)) {
        throw new DataException(
            "column %s: expected one of %s, found none of that name"
                .formatted(name, String.join(", ", known)));
      }
      DataType type = table.schema().apply(name).dataType();
      boolean mayBeArray = columns.features().contains(name);
      if (!(type instanceof NumericType) && !(mayBeArray && isOfNumbers(type))) {
        throw new DataException(
            "column %s: expected numbers%s, found %s; convert it, a vector by vector_to_array of org.apache.spark.ml.functions"
                .formatted(name, mayBeArray ? " or arrays of numbers" : "", type.simpleString()));
      }
    }
  }

  private static boolean isOfNumbers(DataType type) {
    return type instanceof ArrayType array && array.elementType() instanceof NumericType;
  }

  private static Dataset<Row> inDoubles(Dataset<Row> table, TableColumns columns) {
    return table.select(
        columns.all().stream()
            .map(
                name ->
                    col(quoted(name))
                        .cast(isArray(table, name) ? "array<double>" : "double")
                        .as(name))
            .toArray(Column[]::new));
  }

  private static boolean isArray(Dataset<Row> table, String name) {
    return table.schema().apply(name).dataType() instanceof ArrayType;
  }

  /** Numbers in each column of features, in order. */
  private static List<Integer> widths(Dataset<Row> rows, TableColumns columns) {
    return columns.features().stream()
        .map(name -> isArray(rows, name) ? width(rows, name) : 1)
        .toList();
  }

  private static int width(Dataset<Row> rows, String name) {
    Column size = expr("if(%1$s is null, null, size(%1$s))".formatted(quoted(name)));
    Row found = rows.agg(functions.min(size), functions.max(size)).head();
    if (found.isNullAt(0)) {
      return 1; // No array in any row, which the check of the rows tells.
    }
    int least = found.getInt(0);
    int most = found.getInt(1);
    if (least != most) {
      throw new DataException(
          "column %s: expected arrays of one length, found %d to %d numbers, as in %s"
              .formatted(name, least, most, example(rows.filter(size.equalTo(least)))));
    }
    if (most == 0) {
      throw new DataException(
          "column %s: expected numbers in its arrays, found none".formatted(name));
    }
    return most;
  }

  /** The first in the order of their texts, so that it is the same one each time. */
  private static String example(Dataset<Row> some) {
    return some.agg(functions.min(text(some))).head().getString(0);
  }

  private static Column text(Dataset<Row> rows) {
    Column[] all =
        Arrays.stream(rows.columns()).map(name -> col(quoted(name))).toArray(Column[]::new);
    return to_json(struct(all), Map.of("ignoreNullFields", "false"));
  }

  private static void requireSound(Dataset<Row> rows, TableColumns columns) {
    List<String> names = columns.all();
    List<Column> looks = new ArrayList<>();
    for (String name : names) {
      Column fault = functions.when(expr(fault(rows, columns, name)), text(rows));
      looks.add(functions.count(fault));
      looks.add(functions.min(fault));
    }
    Row found = rows.agg(functions.count("*"), looks.toArray(Column[]::new)).head();
    if (found.getLong(0) == 0) {
      throw new DataException("table: expected at least one row, found none");
    }
    for (int i = 0; i < names.size(); i++) {
      long faults = found.getLong(1 + 2 * i);
      if (faults > 0) {
        throw new DataException(
            "column %s: expected %s, found %,d %s with something else, such as %s; filter them out or fill them in"
                .formatted(
                    names.get(i),
                    expected(columns, names.get(i)),
                    faults,
                    faults == 1 ? "row" : "rows",
                    found.getString(2 + 2 * i)));
      }
    }
  }

  /** When a row cannot be an example, in SQL. In SQL, NaN is larger than any number. */
  private static String fault(Dataset<Row> rows, TableColumns columns, String name) {
    String column = quoted(name);
    String noNumber = FINITE.formatted(column);
    if (isArray(rows, name)) {
      return "%1$s is null or exists(%1$s, x -> %2$s)".formatted(column, FINITE.formatted("x"));
    }
    if (is(columns.label(), name)) {
      return "%1$s is null or %1$s < 0 or %1$s >= %2$d or %1$s <> floor(%1$s)"
          .formatted(column, columns.classes());
    }
    return is(columns.weight(), name) ? noNumber + " or " + column + " < 0" : noNumber;
  }

  private static String expected(TableColumns columns, String name) {
    if (is(columns.label(), name)) {
      return "a whole number from 0 to " + (columns.classes() - 1);
    }
    return is(columns.weight(), name)
        ? "a finite number of at least 0"
        : "finite numbers within float32";
  }

  private static boolean is(Optional<String> column, String name) {
    return column.filter(Predicate.isEqual(name)).isPresent();
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /**
   * Rows of a partition.
   *
   * @param numbers of all rows, one after another
   * @param keys two for each row, which follow from its content
   */
  private record Part(float[] numbers, int[] labels, long[] keys) implements Serializable {}

  /** Packs the rows of a partition. */
  private record Packing(RowSet.Shape shape) implements FlatMapFunction<Iterator<Row>, Part> {
    @Override
    public Iterator<Part> call(Iterator<Row> rows) {
      List<TableRow> packed = new ArrayList<>();
      rows.forEachRemaining(row -> packed.add(TableRow.of(row, shape)));
      int floats = shape.floats();
      Part part =
          new Part(
              new float[Math.multiplyExact(packed.size(), floats)],
              new int[packed.size()],
              new long[2 * packed.size()]);
      for (int i = 0; i < packed.size(); i++) {
        TableRow row = packed.get(i);
        System.arraycopy(row.numbers(), 0, part.numbers, i * floats, floats);
        part.labels[i] = row.label();
        part.keys[2 * i] = row.key();
        part.keys[2 * i + 1] = row.secondKey();
      }
      return List.of(part).iterator();
    }
  }

  /** All rows in the order of their keys. Rows of equal keys are equal. */
  private static RowSet inOrder(RowSet.Shape shape, List<Part> parts) {
    record Place(Part part, int row) implements Comparable<Place> {
      @Override
      public int compareTo(Place other) {
        int first = Long.compare(part.keys[2 * row], other.part.keys[2 * other.row]);
        return first != 0
            ? first
            : Long.compare(part.keys[2 * row + 1], other.part.keys[2 * other.row + 1]);
      }
    }

    List<Place> places = new ArrayList<>();
    for (Part part : parts) {
      for (int row = 0; row < part.labels.length; row++) {
        places.add(new Place(part, row));
      }
    }
    places.sort(null);
    return RowSet.write(
        shape,
        places.size(),
        (i, into, at) -> {
          Place place = places.get(i);
          int floats = shape.floats();
          System.arraycopy(place.part.numbers, place.row * floats, into, at, floats);
          return place.part.labels[place.row];
        });
  }
}
