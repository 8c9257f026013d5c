package org.shardmean.jobs.console;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.IntStream;

/** The lines of a table of text; a column is as wide as is asked for, or as its title. */
public record TextTable(List<Column> columns) {
  /**
   * A column.
   *
   * @param gap spaces before it, after the column before
   * @param width of its cells; a negative one fills a cell up behind its text, as text wants it,
   *     else before it, as numbers do
   */
  public record Column(String title, int gap, int width) {
    public Column {
      requireNonNull(title, "title");
    }

    private String filledUp(String cell) {
      int columns = Math.max(Math.abs(width), Columns.of(title));
      return width < 0 ? Columns.left(cell, columns) : Columns.right(cell, columns);
    }
  }

  public TextTable {
    columns = List.copyOf(columns);
  }

  /** The titles. */
  public String head() {
    return row(columns.stream().map(Column::title).toList());
  }

  /** A row; a cell for each column. */
  public String row(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          "a row needs %d cells, found %d".formatted(columns.size(), cells.size()));
    }
    StringBuilder row = new StringBuilder();
    IntStream.range(0, cells.size())
        .forEach(
            c ->
                row.append(" ".repeat(row.isEmpty() ? 0 : columns.get(c).gap()))
                    .append(columns.get(c).filledUp(cells.get(c))));
    return row.toString().stripTrailing();
  }
}
