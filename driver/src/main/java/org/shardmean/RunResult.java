package org.shardmean;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.shardmean.metrics.Residuals;
import org.shardmean.model.ModelOrigin;
import org.shardmean.model.SavedModel;
import org.shardmean.report.ConfusionCsv;
import org.shardmean.report.EpochsCsv;
import org.shardmean.report.ExaminedFile;
import org.shardmean.report.HtmlReport;
import org.shardmean.report.ResultJson;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RunDirectory;
import org.shardmean.run.RunRecord;
import org.shardmean.run.RunStatus;
import org.shardmean.settings.RecordedOrigin;
import org.shardmean.spark.TrainingRun;

/** A training that is over: its figures, its network, and a way to write both. */
public final class RunResult {
  private final TrainingRun.Finished finished;
  private final Configuration hadoop;
  private final Optional<ModelOrigin.Parent> parent;

  /**
   * @param parent the checkpoint that the run went on from; empty for one without
   */
  RunResult(
      TrainingRun.Finished finished, Configuration hadoop, Optional<ModelOrigin.Parent> parent) {
    this.finished = requireNonNull(finished, "finished");
    this.hadoop = requireNonNull(hadoop, "hadoop");
    this.parent = requireNonNull(parent, "parent");
  }

  /** How it ended. */
  public RunStatus status() {
    return record().status();
  }

  /** What went wrong, in a line; empty for a training that ended well. */
  public Optional<String> problem() {
    return finished.problem();
  }

  /** All figures: every setting, every round, every epoch. */
  public RunRecord record() {
    return finished.result();
  }

  /** What each epoch did, in order; empty when the first one diverged. */
  public List<EpochRecord> epochs() {
    return record().epochs();
  }

  /**
   * The first epoch with the highest validation accuracy; of an autoencoder, with the lowest error.
   *
   * @throws IllegalStateException if the training diverged in its first epoch
   */
  public EpochRecord best() {
    return record()
        .best()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    problem().orElse("expected an epoch that was completed, found none")));
  }

  /** How far the network's answers are from each target; empty unless it answers with numbers. */
  public List<Residuals> residuals() {
    return finished.images().residuals();
  }

  /**
   * The trained network, which says where it comes from: the last epoch's, with patience the best
   * one's. So it need not be that of {@link #best}.
   */
  public SavedModel model() {
    return new SavedModel(
        record().config().model(),
        record().parameters(),
        Optional.of(RecordedOrigin.of(record(), parent)),
        record().data().table());
  }

  /**
   * Writes the run's folder: model, tables, report, and {@code result.json} last, so that whoever
   * finds it finds the rest.
   *
   * @param directory such as {@code runs/demo}, on any of Hadoop's file systems
   * @throws org.shardmean.run.ConfigurationException if it holds another run, or cannot be made;
   *     see {@link #saveOver}
   * @throws UncheckedIOException if a file cannot be written
   */
  public void saveTo(String directory) {
    saveTo(RunDirectory.create(hadoop, directory, false));
  }

  /**
   * As {@link #saveTo(String)}; replaces a run that the directory holds already.
   *
   * @throws org.shardmean.run.ConfigurationException if it cannot be made
   * @throws UncheckedIOException if a file cannot be written
   */
  public void saveOver(String directory) {
    saveTo(RunDirectory.create(hadoop, directory, true));
  }

  /**
   * As {@link #saveTo(String)}, to a folder that was made before.
   *
   * @throws UncheckedIOException if a file cannot be written
   */
  public void saveTo(RunDirectory directory) {
    try {
      writeAll(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes what there is of a run that went wrong: without an epoch there is no model. {@code
   * result.json} says what went wrong, so it is written even if another file cannot be.
   */
  void savePartTo(RunDirectory directory) throws IOException {
    try {
      if (epochs().isEmpty()) {
        directory.write(RunDirectory.EPOCHS, EpochsCsv.write(record()));
      } else {
        writeWhatWasLearned(directory);
      }
    } finally {
      writeResult(directory);
    }
  }

  private void writeAll(RunDirectory directory) throws IOException {
    writeWhatWasLearned(directory);
    writeResult(directory);
  }

  private void writeWhatWasLearned(RunDirectory directory) throws IOException {
    RunRecord run = record();
    directory.write(RunDirectory.MODEL, model()::write);
    directory.write(RunDirectory.EPOCHS, EpochsCsv.write(run));
    if (run.config().model().isClassifier()) {
      directory.write(RunDirectory.CONFUSION, ConfusionCsv.write(run));
    }
    directory.write(RunDirectory.EXAMINED, ExaminedFile.write(run, finished.images()));
    directory.write(RunDirectory.REPORT, HtmlReport.render(run, finished.images()));
  }

  private void writeResult(RunDirectory directory) throws IOException {
    directory.write(RunDirectory.RESULT, ResultJson.write(record(), residuals()));
  }
}
