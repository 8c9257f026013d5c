package org.shardmean.jobs.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.shardmean.data.TableAddress;
import org.shardmean.data.VisibleText;
import org.shardmean.jobs.console.Columns;
import org.shardmean.jobs.console.Terminal;
import org.shardmean.jobs.console.TextTable;
import org.shardmean.model.SavedModel;
import org.shardmean.report.Texts;
import org.shardmean.run.ConfigurationException;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.TrainSettings;
import org.shardmean.spark.TableColumns;
import org.shardmean.spark.TableFile;
import org.shardmean.spark.TablePredictions;

/** {@code predict} for a network that was trained on a table: its columns are kept. */
final class TablePrediction {
  private TablePrediction() {}

  static void run(GivenSettings given, SavedModel model, Configuration hadoop) throws IOException {
    Dataset<Row> table = TableFile.open(SparkSession.builder().getOrCreate(), address(given));
    Dataset<Row> answered =
        TablePredictions.of(table, model).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Optional<OutFile> out = OutFile.asked(given, hadoop);
      Texts t =
          Terminal.texts(given.get(TrainSettings.LANG), Terminal.of(System.getenv()).charset())
              .ofRows(true);
      summary(answered, model, t).forEach(System.out::println);
      if (out.isPresent()) {
        write(given, answered, out.get());
        System.out.println(t.text("console.written", out.get().shown()));
      }
    } finally {
      answered.unpersist();
    }
  }

  private static TableAddress address(GivenSettings given) {
    try {
      return TableAddress.read(given.get(ModelUseSettings.INPUT));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("--input: " + e.getMessage());
    }
  }

  private static void write(GivenSettings given, Dataset<Row> answered, OutFile out)
      throws IOException {
    switch (given.get(ModelUseSettings.FORMAT)) {
      case CSV -> out.write(to -> TableCsv.write(answered, to));
      case PARQUET -> out.writeFolder(to -> answered.write().parquet(to.toString()));
    }
  }

  /** How many rows were taken for each class; of other networks how many were answered. */
  private static List<String> summary(Dataset<Row> answered, SavedModel model, Texts t) {
    List<Row> counts =
        model.spec().isClassifier()
            ? answered
                .groupBy(TableColumns.named(TablePredictions.PREDICTION))
                .count()
                .orderBy(TablePredictions.PREDICTION)
                .collectAsList()
            : List.of();
    long all = answered.count();
    String first = TablePredictions.columns(model).get(0);
    long without = answered.filter(TableColumns.named(first).isNull()).count();
    List<String> names =
        counts.stream()
            .map(row -> row.isNullAt(0) ? "-" : VisibleText.of(row.getString(0)))
            .toList();
    int widest = names.stream().mapToInt(Columns::of).max().orElse(0);
    TextTable table =
        new TextTable(
            List.of(
                new TextTable.Column(t.text("console.predicted"), 0, Math.max(9, widest)),
                new TextTable.Column(t.text("classes.support"), 2, 9)));
    List<String> lines = new ArrayList<>(List.of(table.head()));
    for (int i = 0; i < counts.size(); i++) {
      lines.add(table.row(List.of(names.get(i), t.number("%,d", counts.get(i).getLong(1)))));
    }
    lines.add(table.row(List.of(t.text("console.all"), t.number("%,d", all))));
    if (without > 0) {
      lines.add(t.text("console.unanswered", t.number("%,d", without)));
    }
    return lines;
  }
}
