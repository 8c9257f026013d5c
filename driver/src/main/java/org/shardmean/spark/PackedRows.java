package org.shardmean.spark;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.shardmean.data.RowNumbers;

/**
 * The rows of one partition of a table.
 *
 * @param rows how many it has
 * @param faults how many of them cannot be examples because of each column
 * @param groups all others, by the numbers in each of their columns of features
 */
record PackedRows(long rows, long[] faults, Map<List<Integer>, Group> groups)
    implements Serializable {

  /**
   * Rows of equal widths.
   *
   * @param numbers of each row
   * @param labels of each
   * @param keys two for each row, which follow from its content
   */
  record Group(RowNumbers numbers, int[] labels, long[] keys) implements Serializable {}

  /** A group that rows are added to. Each is packed at once, because a partition may be large. */
  private static final class OpenGroup {
    private final RowNumbers.Builder numbers;
    private final IntStream.Builder labels = IntStream.builder();
    private final LongStream.Builder keys = LongStream.builder();

    OpenGroup(int width) {
      numbers = new RowNumbers.Builder(width, 0);
    }

    void add(TableRow row) {
      numbers.addNonZeros(row.places(), row.values(), 0, row.places().length);
      labels.add(row.label());
      for (long key : row.key()) {
        keys.add(key);
      }
    }

    Group close() {
      return new Group(numbers.build(), labels.build().toArray(), keys.build().toArray());
    }
  }

  /** Packs a partition. */
  record Packing(TableFields fields) implements FlatMapFunction<Iterator<Row>, PackedRows> {
    @Override
    public Iterator<PackedRows> call(Iterator<Row> rows) {
      long count = 0;
      long[] faults = new long[fields.numbers() + 1];
      Map<List<Integer>, OpenGroup> sound = new HashMap<>();
      while (rows.hasNext()) {
        TableRow row = TableRow.of(rows.next(), fields);
        row.faults().stream().forEach(column -> faults[column]++);
        if (row.faults().isEmpty()) {
          sound.computeIfAbsent(row.width(), none -> new OpenGroup(row.size())).add(row);
        }
        count++;
      }
      Map<List<Integer>, Group> groups = new HashMap<>();
      sound.forEach((widths, group) -> groups.put(widths, group.close()));
      return List.of(new PackedRows(count, faults, groups)).iterator();
    }
  }
}
