package org.shardmean.jobs.model;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.shardmean.data.InvalidRows;
import org.shardmean.data.RowSet;
import org.shardmean.data.TableAddress;
import org.shardmean.data.TableForm;
import org.shardmean.jobs.console.ResidualsLine;
import org.shardmean.jobs.console.ScoreTable;
import org.shardmean.jobs.console.Terminal;
import org.shardmean.jobs.console.WrittenTo;
import org.shardmean.jobs.data.DataLoading;
import org.shardmean.metrics.Residuals;
import org.shardmean.metrics.Score;
import org.shardmean.model.SavedModel;
import org.shardmean.report.EvaluationJson;
import org.shardmean.report.Texts;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunDirectory;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.TrainSettings;
import org.shardmean.spark.Evaluation;
import org.shardmean.spark.TableData;
import org.shardmean.spark.TableFile;
import org.shardmean.spark.TableRows;

/** {@code evaluate} for a network that was trained on a table: scores all rows of another one. */
final class TableEvaluation {
  private TableEvaluation() {}

  static void run(JavaSparkContext spark, GivenSettings given, SavedModel model)
      throws IOException {
    TableAddress address = address(given);
    TableForm form = model.table().orElseThrow();
    TableRows.Collected collected =
        TableData.rowsFor(
            TableFile.open(SparkSession.builder().getOrCreate(), address),
            form,
            Math.max(1, model.spec().classes()),
            address.invalid().orElse(InvalidRows.ERROR));
    RowSet rows = collected.rows();
    Optional<RunDirectory> out = EvaluateJob.directory(given, spark.hadoopConfiguration());
    EvaluationJson.Subject subject =
        new EvaluationJson.Subject(
            given.get(ModelUseSettings.MODEL),
            model,
            address.name(),
            false,
            "all",
            1,
            rows.width(),
            collected.notice().stream().toList());
    try (Evaluation evaluation =
        new Evaluation(
            spark,
            model.spec(),
            given.get(ModelUseSettings.ENGINE),
            rows,
            spark.defaultParallelism())) {
      Score score = evaluation.score(model.parameters(), "evaluation");
      List<Residuals> residuals = residuals(evaluation, model, form);
      Texts t =
          Terminal.texts(given.get(TrainSettings.LANG), Terminal.of(System.getenv()).charset())
              .ofRows(true);
      print(subject, score, residuals, t);
      if (out.isPresent()) {
        EvaluateJob.write(out.get(), subject, score, residuals);
        System.out.println();
        System.out.println(
            t.text("console.written", WrittenTo.path(out.get(), EvaluateJob.EVALUATION)));
      }
    }
  }

  private static TableAddress address(GivenSettings given) {
    String data = given.get(TrainSettings.DATA);
    if (!TableAddress.isOne(data)) {
      throw new ConfigurationException(
          "--data: expected a table, as the model was trained on one, found '%s'; give files *.parquet, *.csv, *.json or *.libsvm"
              .formatted(data));
    }
    return DataLoading.tableAddress(given);
  }

  private static List<Residuals> residuals(
      Evaluation evaluation, SavedModel model, TableForm form) {
    return form.targets().isEmpty()
        ? List.of()
        : Residuals.of(evaluation.examine(model.parameters()).residuals(), Optional.of(form));
  }

  private static void print(
      EvaluationJson.Subject subject, Score score, List<Residuals> residuals, Texts t) {
    EvaluateJob.printNotices(subject, t);
    SavedModel model = subject.model();
    System.out.println(
        t.text(
            "console.scoredModel",
            subject.modelFile(),
            model.spec().written(),
            t.number("%,d", model.spec().parameters())));
    System.out.println(
        t.text(
            "console.scoredData",
            subject.data(),
            t.number("%,d", score.examples()),
            "",
            1,
            t.number("%,d", subject.width())));
    residuals.forEach(one -> System.out.println(ResidualsLine.of(one, t)));
    ScoreTable.of(score, model::className, t).lines().forEach(System.out::println);
  }
}
