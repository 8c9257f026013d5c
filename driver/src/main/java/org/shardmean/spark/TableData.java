package org.shardmean.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.shardmean.data.DataException;
import org.shardmean.data.Dataset;
import org.shardmean.data.InvalidRows;
import org.shardmean.data.RowScaling;
import org.shardmean.data.RowSet;
import org.shardmean.data.TableAddress;
import org.shardmean.data.TableForm;
import org.shardmean.data.ValidationSplit;
import org.shardmean.model.Task;
import org.shardmean.run.Sentence;

/**
 * A table's files as the data of a training: its columns found, its classes numbered, a fifth of
 * its rows set aside to test on, and its numbers scaled by those of the other rows.
 */
public final class TableData {
  /** Of the rows, chosen by the seed and their content, whatever their order. */
  private static final double SET_ASIDE = 0.2;

  private TableData() {}

  /**
   * Loads a table, on the driver, packed.
   *
   * @param task what to learn; empty to guess it from the label
   * @param seed of the choice of rows that are set aside
   * @return the data, which says what was guessed
   * @throws DataException if a column is missing, or a row cannot be an example
   */
  public static Dataset load(
      SparkSession spark, TableAddress address, Optional<Task> task, long seed) {
    org.apache.spark.sql.Dataset<Row> table = TableFile.open(spark, address);
    List<String> notices = new ArrayList<>();
    List<String> labels = TableFile.labels(table, address);
    address.weight().ifPresent(name -> TableFile.requireColumn(table, name));
    Task found = task.orElseGet(() -> guessed(table, address, labels, notices));
    List<String> others = Stream.concat(labels.stream(), address.weight().stream()).toList();
    List<String> features = TableFile.features(table, address, others);

    Read read = read(table, address, found, features, labels);
    read.collected().notice().ifPresent(notices::add);
    RowSet all = read.collected().rows();
    ValidationSplit split = split(address, all, seed);
    RowSet training = all.select(split.trainingIndices());
    RowScaling scaling =
        found == Task.AUTOENCODER
            ? RowScaling.toUnitInterval(training)
            : RowScaling.standard(training);
    RowSet test = all.select(split.heldOutIndices());
    notices.add(
        Sentence.of(
            "A fifth of the rows, %,d, were set aside to test on: the seed and their content decide which",
            test.count()));
    return new Dataset(
        address.name(),
        address.written(),
        false,
        scaling.apply(training),
        scaling.apply(test),
        notices,
        Optional.of(
            new TableForm(
                columns(features, read.collected().widths()),
                found == Task.CLASSIFICATION ? Optional.of(labels.get(0)) : Optional.empty(),
                read.classes(),
                found == Task.REGRESSION ? labels : List.of(),
                scaling)));
  }

  private static Task guessed(
      org.apache.spark.sql.Dataset<Row> table,
      TableAddress address,
      List<String> labels,
      List<String> notices) {
    if (labels.isEmpty()) {
      throw new DataException(
          "%s: expected a column to learn, found neither --label nor a column label among %s; give --label, or --task autoencoder"
              .formatted(address.path(), String.join(", ", table.columns())));
    }
    boolean isOfClasses = labels.size() == 1 && TableLabels.areLikely(table, labels.get(0));
    notices.add(
        isOfClasses
            ? "Task: classification, because %s holds texts or few whole numbers (--task)"
                .formatted(labels.get(0))
            : "Task: regression, because %s holds numbers that are no classes (--task)"
                .formatted(String.join(", ", labels)));
    return isOfClasses ? Task.CLASSIFICATION : Task.REGRESSION;
  }

  /**
   * Rows as they are in the table.
   *
   * @param classes their names; empty where a label is its class' number
   */
  private record Read(TableRows.Collected collected, List<String> classes) {}

  private static Read read(
      org.apache.spark.sql.Dataset<Row> table,
      TableAddress address,
      Task task,
      List<String> features,
      List<String> labels) {
    return switch (task) {
      case CLASSIFICATION -> {
        if (labels.size() != 1) {
          throw new DataException(
              "%s: expected one column of classes, found %d; give one --label"
                  .formatted(address.path(), labels.size()));
        }
        TableLabels classes = TableLabels.of(table, labels.get(0));
        TableColumns columns = TableColumns.labelled(features, labels.get(0), classes.count());
        yield new Read(
            collected(classes.indexed(table, labels.get(0)), columns, address), classes.names());
      }
      case REGRESSION -> {
        if (labels.isEmpty()) {
          throw new DataException(
              "%s: expected a column of numbers to learn, found none; give --label"
                  .formatted(address.path()));
        }
        TableColumns columns = TableColumns.withTargets(features, labels.toArray(String[]::new));
        yield new Read(collected(table, columns, address), List.of());
      }
      case AUTOENCODER -> {
        TableColumns columns =
            new TableColumns(features, Optional.empty(), 1, List.of(), Optional.empty());
        yield new Read(collected(table, columns, address), List.of());
      }
    };
  }

  private static TableRows.Collected collected(
      org.apache.spark.sql.Dataset<Row> table, TableColumns columns, TableAddress address) {
    return TableRows.collect(
        table,
        address.weight().map(columns::weightedBy).orElse(columns),
        address.invalid().orElse(InvalidRows.ERROR));
  }

  private static ValidationSplit split(TableAddress address, RowSet rows, long seed) {
    try {
      return ValidationSplit.of(rows, SET_ASIDE, seed);
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "%s: expected rows to train and to test on, found %d; give more"
              .formatted(address.path(), rows.count()),
          e);
    }
  }

  private static List<TableForm.Column> columns(List<String> features, List<Integer> widths) {
    return IntStream.range(0, features.size())
        .mapToObj(c -> new TableForm.Column(features.get(c), widths.get(c), List.of()))
        .toList();
  }

  /**
   * The rows of a table as a network takes them that was trained on another: with its labels or
   * targets.
   *
   * @param invalid what becomes of rows that cannot be examples
   * @throws DataException if a column that the network needs is missing, or a row cannot be an
   *     example
   */
  public static TableRows.Collected rowsFor(
      org.apache.spark.sql.Dataset<Row> table, TableForm form, int classes, InvalidRows invalid) {
    List<String> features = form.features().stream().map(TableForm.Column::name).toList();
    if (form.label().isPresent()) {
      String label = form.label().get();
      TableFile.requireColumn(table, label);
      TableLabels labels = new TableLabels(form.classes(), classes);
      return scaled(
          TableRows.collect(
              labels.indexed(table, label),
              TableColumns.labelled(features, label, classes),
              invalid),
          form);
    }
    TableColumns columns =
        new TableColumns(features, Optional.empty(), 1, form.targets(), Optional.empty());
    return scaled(TableRows.collect(table, columns, invalid), form);
  }

  private static TableRows.Collected scaled(TableRows.Collected collected, TableForm form) {
    RowSet rows = collected.rows();
    if (rows.shape().inputs() != form.inputs()) {
      throw new DataException(
          "columns %s: expected %,d numbers, as the network was trained on, found %,d"
              .formatted(
                  String.join(", ", form.features().stream().map(TableForm.Column::name).toList()),
                  form.inputs(),
                  rows.shape().inputs()));
    }
    return new TableRows.Collected(
        form.scaling().apply(rows), collected.widths(), collected.skipped());
  }
}
