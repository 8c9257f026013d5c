package org.shardmean.jobs;

import java.io.IOException;
import java.util.List;
import org.shardmean.metrics.ClassifiedExample;
import org.shardmean.model.SavedModel;
import org.shardmean.report.ConfusionCsv;
import org.shardmean.report.EpochsCsv;
import org.shardmean.report.HtmlReport;
import org.shardmean.report.ReportExamples;
import org.shardmean.report.ResultJson;
import org.shardmean.run.RunDirectory;
import org.shardmean.run.RunResult;
import org.shardmean.spark.TrainingRun;

/** Writes all that a run leaves behind. */
final class RunFiles {
  private RunFiles() {}

  /**
   * Model, tables, report; result.json last, so that whoever finds it finds the rest.
   *
   * @param samples training examples to show
   */
  static void write(
      RunDirectory directory, TrainingRun.Finished finished, List<ClassifiedExample> samples)
      throws IOException {
    RunResult result = finished.result();
    ReportExamples examples =
        new ReportExamples(
            result.data().height(),
            result.data().width(),
            samples,
            finished.correct(),
            finished.misclassified());
    SavedModel model = new SavedModel(result.config().model(), result.parameters());
    directory.write(RunDirectory.MODEL, model::write);
    directory.write(RunDirectory.EPOCHS, EpochsCsv.write(result));
    directory.write(RunDirectory.CONFUSION, ConfusionCsv.write(result));
    directory.write(RunDirectory.REPORT, HtmlReport.render(result, examples));
    directory.write(RunDirectory.RESULT, ResultJson.write(result));
  }
}
