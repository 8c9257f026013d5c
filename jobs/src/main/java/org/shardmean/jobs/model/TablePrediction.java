package org.shardmean.jobs.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.shardmean.data.InvalidRows;
import org.shardmean.data.TableAddress;
import org.shardmean.data.VisibleText;
import org.shardmean.jobs.console.Columns;
import org.shardmean.jobs.console.ResidualsLine;
import org.shardmean.jobs.console.Terminal;
import org.shardmean.jobs.console.TextTable;
import org.shardmean.model.SavedModel;
import org.shardmean.report.RecordedSentences;
import org.shardmean.report.Texts;
import org.shardmean.run.ConfigurationException;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.TrainSettings;
import org.shardmean.spark.AnswerStatistics;
import org.shardmean.spark.TableColumns;
import org.shardmean.spark.TableFile;
import org.shardmean.spark.TablePredictions;
import org.shardmean.spark.TableRows;

/** {@code predict} for a network that was trained on a table: its columns are kept. */
final class TablePrediction {
  private TablePrediction() {}

  static void run(GivenSettings given, SavedModel model, Configuration hadoop) throws IOException {
    TableAddress address = address(given);
    Dataset<Row> table = TableFile.open(SparkSession.builder().getOrCreate(), address);
    Dataset<Row> answered =
        TablePredictions.of(table, model).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      if (address.invalid().equals(Optional.of(InvalidRows.ERROR))) {
        TablePredictions.requireAnswers(answered, model);
      }
      Optional<OutFile> out = OutFile.asked(given, hadoop);
      Texts t =
          Terminal.texts(given.get(TrainSettings.LANG), Terminal.of(System.getenv()).charset())
              .ofRows(true);
      boolean isSkipping = address.invalid().equals(Optional.of(InvalidRows.SKIP));
      Dataset<Row> kept =
          isSkipping ? answered.filter(TablePredictions.isAnswered(model)) : answered;
      summary(kept, model, t).forEach(System.out::println);
      unanswered(answered, model, isSkipping, t).ifPresent(System.out::println);
      if (out.isPresent()) {
        write(given, kept, out.get());
        System.out.println(t.text("console.written", out.get().shown()));
      }
    } finally {
      answered.unpersist();
    }
  }

  private static TableAddress address(GivenSettings given) {
    try {
      return TableAddress.read(given.get(ModelUseSettings.INPUT))
          .with(List.of(), List.of(), Optional.empty(), given.find(ModelUseSettings.UNANSWERED));
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

  private static List<String> summary(Dataset<Row> answered, SavedModel model, Texts t) {
    return model.spec().isClassifier()
        ? countsOfClasses(answered, t)
        : statistics(AnswerStatistics.of(answered, model), t);
  }

  /** How many rows were taken for each class. */
  private static List<String> countsOfClasses(Dataset<Row> answered, Texts t) {
    List<Row> counts =
        answered
            .groupBy(TableColumns.named(TablePredictions.PREDICTION))
            .count()
            .orderBy(TablePredictions.PREDICTION)
            .collectAsList();
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
    long all = counts.stream().mapToLong(row -> row.getLong(1)).sum();
    lines.add(table.row(List.of(t.text("console.all"), t.number("%,d", all))));
    return lines;
  }

  /**
   * The range of the answers with numbers, and how far they are from the targets that are there.
   */
  private static List<String> statistics(List<AnswerStatistics> answers, Texts t) {
    int widest =
        answers.stream().mapToInt(one -> Columns.of(VisibleText.of(one.name()))).max().orElse(0);
    TextTable table =
        new TextTable(
            List.of(
                new TextTable.Column(t.text("console.predicted"), 0, -Math.max(9, widest)),
                new TextTable.Column(t.text("classes.support"), 2, 9),
                new TextTable.Column(t.text("inspect.mean"), 2, 12),
                new TextTable.Column(t.text("inspect.minimum"), 2, 12),
                new TextTable.Column(t.text("inspect.maximum"), 2, 12)));
    List<String> lines = new ArrayList<>(List.of(table.head()));
    for (AnswerStatistics one : answers) {
      lines.add(
          table.row(
              List.of(
                  VisibleText.of(one.name()),
                  t.number("%,d", one.rows()),
                  t.number("%.6g", one.mean()),
                  t.number("%.6g", one.smallest()),
                  t.number("%.6g", one.largest()))));
    }
    answers.stream()
        .flatMap(one -> one.residuals().stream())
        .forEach(residuals -> lines.add(ResidualsLine.of(residuals, t)));
    return lines;
  }

  /** Rows without an answer are said, whether they are kept or left out. */
  private static Optional<String> unanswered(
      Dataset<Row> answered, SavedModel model, boolean isSkipping, Texts t) {
    long rows = answered.filter(functions.not(TablePredictions.isAnswered(model))).count();
    if (rows == 0) {
      return Optional.empty();
    }
    return Optional.of(
        isSkipping
            ? RecordedSentences.in(t, TableRows.leftOut(rows))
            : t.counted("console.unanswered", rows));
  }
}
