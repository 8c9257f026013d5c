package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.shardmean.data.DataException;
import org.shardmean.data.InvalidRows;
import org.shardmean.data.RowNumbers;
import org.shardmean.data.RowSet;
import org.shardmean.run.Sentence;

/**
 * Rows of a DataFrame as examples, for a {@link org.shardmean.data.Dataset}. They stand in an order
 * that follows from their content alone: the same rows give the same examples, and so the same bits
 * of a training, in whatever order and partitioning they come.
 */
public final class TableRows {
  private TableRows() {}

  /**
   * What a table gives.
   *
   * @param rows its examples
   * @param widths numbers in each column of features
   * @param skipped how many of its rows are none, and were left out
   */
  public record Collected(RowSet rows, List<Integer> widths, long skipped) {
    public Collected {
      requireNonNull(rows, "rows");
      widths = List.copyOf(widths);
    }

    /** What to say of the rows that were left out, if there are any. */
    public Optional<String> notice() {
      return skipped == 0 ? Optional.empty() : Optional.of(leftOut(skipped));
    }
  }

  /** Says that rows were left out. */
  public static String leftOut(long rows) {
    return Sentence.counted(rows, "row")
        + " with missing or invalid values "
        + (rows == 1 ? "was" : "were")
        + " left out";
  }

  /**
   * As {@link #collect(Dataset, TableColumns, InvalidRows)}, where every row must be an example.
   */
  public static RowSet collect(Dataset<Row> table, TableColumns columns) {
    return collect(table, columns, InvalidRows.ERROR).rows();
  }

  /**
   * Checks the rows on Spark and collects them on the driver, packed as {@link RowSet} says. They
   * have to fit in its memory twice.
   *
   * @param invalid what becomes of rows that cannot be examples
   * @throws DataException if a column is missing or holds no numbers, if no row is left, or, with
   *     {@link InvalidRows#ERROR}, if a row cannot be an example: its column is named, how many
   *     such rows there are, and one of them
   */
  public static Collected collect(Dataset<Row> table, TableColumns columns, InvalidRows invalid) {
    requireNumbers(table, columns);
    Dataset<Row> rows = inDoubles(table, columns);
    TableFields fields = TableFields.of(columns);
    List<PackedRows> parts = rows.javaRDD().mapPartitions(new PackedRows.Packing(fields)).collect();
    if (invalid == InvalidRows.ERROR) {
      requireSound(rows, columns, parts);
      requireOneWidth(rows, columns, parts);
    }
    List<Integer> widths = mostFrequentWidths(parts);
    for (int column = 0; column < widths.size(); column++) {
      if (widths.get(column) == 0) {
        throw new DataException(
            "column %s: expected numbers in its %s, found none"
                .formatted(columns.all().get(column), plural(table, columns.all().get(column))));
      }
    }
    RowSet found = inOrder(shape(columns, widths), ofWidths(parts, widths));
    return new Collected(found, widths, all(parts) - found.count());
  }

  private static RowSet.Shape shape(TableColumns columns, List<Integer> widths) {
    return new RowSet.Shape(
        widths.stream().mapToInt(Integer::intValue).sum(),
        columns.classes(),
        columns.targets().size(),
        columns.weight().isPresent());
  }

  private static void requireNumbers(Dataset<Row> table, TableColumns columns) {
    List<String> known = Arrays.asList(table.columns());
    for (String name : columns.all()) {
      if (!known.contains(name)) {
        throw new DataException(
            "column %s: expected one of %s, found none of that name"
                .formatted(name, String.join(", ", known)));
      }
      DataType type = type(table, name);
      boolean isFeature = columns.features().contains(name);
      boolean isList = isOfNumbers(type) || VectorCell.isType(type);
      if (!(type instanceof NumericType) && !(isFeature && isList)) {
        throw new DataException(
            "column %s: expected numbers%s, found %s; convert it, a text by StringIndexer of org.apache.spark.ml.feature"
                .formatted(
                    name, isFeature ? ", arrays of numbers or vectors" : "", type.simpleString()));
      }
    }
  }

  private static DataType type(Dataset<Row> table, String name) {
    return table.schema().apply(name).dataType();
  }

  private static boolean isOfNumbers(DataType type) {
    return type instanceof ArrayType array && array.elementType() instanceof NumericType;
  }

  private static String plural(Dataset<Row> table, String name) {
    return VectorCell.isType(type(table, name)) ? "vectors" : "arrays";
  }

  private static Dataset<Row> inDoubles(Dataset<Row> table, TableColumns columns) {
    return table.select(
        columns.all().stream().map(name -> inDoubles(table, name)).toArray(Column[]::new));
  }

  /** A column as {@link TableRow} reads it. */
  static Column inDoubles(Dataset<Row> table, String name) {
    Column column = TableColumns.named(name);
    DataType type = type(table, name);
    if (VectorCell.isType(type)) {
      return column;
    }
    return column.cast(type instanceof ArrayType ? "array<double>" : "double").as(name);
  }

  private static void requireSound(
      Dataset<Row> rows, TableColumns columns, List<PackedRows> parts) {
    for (int column = 0; column < columns.all().size(); column++) {
      int number = column;
      long faults = parts.stream().mapToLong(part -> part.faults()[number]).sum();
      if (faults > 0) {
        String name = columns.all().get(column);
        throw new DataException(
            "column %s: expected %s, found %,d %s with something else, such as %s; filter them out, fill them in, or skip them (handleInvalid)"
                .formatted(
                    name,
                    expected(columns, name),
                    faults,
                    faults == 1 ? "row" : "rows",
                    TableExample.of(
                        rows, TableFields.of(columns), row -> row.faults().get(number))));
      }
    }
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

  private static void requireOneWidth(
      Dataset<Row> rows, TableColumns columns, List<PackedRows> parts) {
    for (int column = 0; column < columns.features().size(); column++) {
      int number = column;
      List<Integer> found =
          parts.stream()
              .flatMap(part -> part.groups().keySet().stream())
              .map(widths -> widths.get(number))
              .sorted()
              .toList();
      if (!found.isEmpty() && !found.get(0).equals(found.get(found.size() - 1))) {
        int least = found.get(0);
        String name = columns.features().get(column);
        throw new DataException(
            "column %s: expected %s of one length, found %d to %d numbers, as in %s; make them equally long, or skip rows (handleInvalid)"
                .formatted(
                    name,
                    plural(rows, name),
                    least,
                    found.get(found.size() - 1),
                    TableExample.of(
                        rows, TableFields.of(columns), row -> row.widths()[number] == least)));
      }
    }
  }

  /** Of equally many rows the greater ones. */
  private static List<Integer> mostFrequentWidths(List<PackedRows> parts) {
    Map<List<Integer>, Long> counts =
        parts.stream()
            .flatMap(part -> part.groups().entrySet().stream())
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    () -> new TreeMap<>(Comparator.comparing(List::toString)),
                    Collectors.summingLong(group -> group.getValue().labels().length)));
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElseThrow(
            () ->
                new DataException(
                    all(parts) == 0
                        ? "table: expected at least one row, found none"
                        : "table: expected at least one valid row, found none among %,d"
                            .formatted(all(parts))));
  }

  private static long all(List<PackedRows> parts) {
    return parts.stream().mapToLong(PackedRows::rows).sum();
  }

  private static List<PackedRows.Group> ofWidths(List<PackedRows> parts, List<Integer> widths) {
    return parts.stream()
        .map(part -> part.groups().get(widths))
        .filter(group -> group != null)
        .toList();
  }

  /** A row's place before sorting. */
  private record Place(PackedRows.Group group, int row) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int first = Long.compare(key(0), other.key(0));
      return first != 0 ? first : Long.compare(key(1), other.key(1));
    }

    private long key(int half) {
      return group.keys()[2 * row + half];
    }
  }

  /** All rows in the order of their keys. Rows of equal keys are equal. */
  private static RowSet inOrder(RowSet.Shape shape, List<PackedRows.Group> groups) {
    Place[] places =
        groups.stream()
            .flatMap(
                group ->
                    IntStream.range(0, group.labels().length)
                        .mapToObj(row -> new Place(group, row)))
            .toArray(Place[]::new);
    Arrays.sort(places);
    RowNumbers.Builder numbers = new RowNumbers.Builder(shape.floats(), places.length);
    int[] labels = new int[shape.classes() > 1 ? places.length : 0];
    for (int i = 0; i < places.length; i++) {
      Place place = places[i];
      numbers.add(place.group.numbers(), place.row);
      if (labels.length > 0) {
        labels[i] = place.group.labels()[place.row];
      }
    }
    return RowSet.of(shape, numbers.build(), labels);
  }
}
