package org.shardmean.report;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.shardmean.data.DataException;
import org.shardmean.model.SavedModel;
import org.shardmean.run.Language;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunDirectory;
import org.shardmean.run.RunRecord;
import org.shardmean.run.ShownImages;

/**
 * A run that has ended, read back from its folder.
 *
 * @param folder where it is, for people
 * @param record all figures, settings and parameters
 * @param images what its report shows and its network answers; empty for a folder without {@code
 *     examined.bin}
 */
public record SavedRun(String folder, RunRecord record, Optional<ShownImages> images) {
  public SavedRun {
    requireNonNull(folder, "folder");
    requireNonNull(record, "record");
    requireNonNull(images, "images");
  }

  /**
   * Reads the folder of a run.
   *
   * @throws DataException if the run has not ended, or a file is not as it was written
   */
  public static SavedRun read(RunDirectory directory) throws IOException {
    if (!directory.holds(RunDirectory.RESULT)) {
      throw new DataException(
          "%s: expected a run that has ended, found no %s; give the folder of a run that has ended"
              .formatted(directory, RunDirectory.RESULT));
    }
    String source = directory + "/" + RunDirectory.RESULT;
    Optional<SavedModel> model = model(directory);
    RunRecord run =
        ResultJson.readRun(
                source,
                directory.readText(RunDirectory.RESULT),
                model.map(SavedModel::parameters).orElse(new float[0]))
            .withTable(model.flatMap(SavedModel::table));
    requireItsOwn(directory, run);
    return new SavedRun(forPeople(directory), run, images(directory, run));
  }

  /** Without {@code file:} where it is local. */
  private static String forPeople(RunDirectory directory) {
    return directory.toString().replaceFirst("^file:/+", "/");
  }

  /** The kept network; none where the run ended before its first epoch did. */
  private static Optional<SavedModel> model(RunDirectory directory) throws IOException {
    if (!directory.holds(RunDirectory.MODEL)) {
      return Optional.empty();
    }
    try (InputStream in = directory.files().open(new Path(directory.path(), RunDirectory.MODEL))) {
      return Optional.of(SavedModel.read(in, directory + "/" + RunDirectory.MODEL));
    }
  }

  private static void requireItsOwn(RunDirectory directory, RunRecord run) {
    int expected = run.config().model().parameters();
    if (!run.epochs().isEmpty() && run.parameters().length != expected) {
      throw new DataException(
          "%s/%s: expected the run's network of %,d parameters, found %,d; restore the file"
              .formatted(directory, RunDirectory.MODEL, expected, run.parameters().length));
    }
    if (run.config().model().isClassifier()
        && run.config().model().classes() != run.data().classes()) {
      throw new DataException(
          "%s/%s: expected a network of %d classes as the data has, found %d; restore the file"
              .formatted(
                  directory,
                  RunDirectory.RESULT,
                  run.data().classes(),
                  run.config().model().classes()));
    }
  }

  private static Optional<ShownImages> images(RunDirectory directory, RunRecord run)
      throws IOException {
    return directory.holds(RunDirectory.EXAMINED)
        ? Optional.of(
            ExaminedFile.read(
                directory + "/" + RunDirectory.EXAMINED,
                directory.read(RunDirectory.EXAMINED),
                run))
        : Optional.empty();
  }

  /** The same run, to be shown in a language. */
  public SavedRun in(Language language) {
    RunConfig config = record.config().withLanguage(language);
    return new SavedRun(folder, record.withConfig(config), images);
  }

  /** Its report, once more. */
  public String report() {
    return HtmlReport.render(
        record,
        images.orElseGet(
            () ->
                ShownImages.none(
                    record.data().height(), record.data().width(), record.data().classes())));
  }
}
