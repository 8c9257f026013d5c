package org.shardmean.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

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
   * @param numbers of all rows, one after another
   * @param labels of each
   * @param keys two for each row, which follow from its content
   */
  record Group(float[] numbers, int[] labels, long[] keys) implements Serializable {
    static Group of(List<TableRow> rows) {
      int floats = rows.get(0).numbers().length;
      Group group =
          new Group(
              new float[Math.multiplyExact(rows.size(), floats)],
              new int[rows.size()],
              new long[2 * rows.size()]);
      for (int i = 0; i < rows.size(); i++) {
        TableRow row = rows.get(i);
        System.arraycopy(row.numbers(), 0, group.numbers, i * floats, floats);
        group.labels[i] = row.label();
        System.arraycopy(row.key(), 0, group.keys, 2 * i, 2);
      }
      return group;
    }
  }

  /** Packs a partition. */
  record Packing(TableFields fields) implements FlatMapFunction<Iterator<Row>, PackedRows> {
    @Override
    public Iterator<PackedRows> call(Iterator<Row> rows) {
      long count = 0;
      long[] faults = new long[fields.numbers() + 1];
      Map<List<Integer>, List<TableRow>> sound = new HashMap<>();
      while (rows.hasNext()) {
        TableRow row = TableRow.of(rows.next(), fields);
        row.faults().stream().forEach(column -> faults[column]++);
        if (row.faults().isEmpty()) {
          sound.computeIfAbsent(row.width(), none -> new ArrayList<>()).add(row);
        }
        count++;
      }
      Map<List<Integer>, Group> groups = new HashMap<>();
      sound.forEach((widths, some) -> groups.put(widths, Group.of(some)));
      return List.of(new PackedRows(count, faults, groups)).iterator();
    }
  }
}
