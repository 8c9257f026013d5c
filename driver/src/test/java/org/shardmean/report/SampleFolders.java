package org.shardmean.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.shardmean.model.SavedModel;
import org.shardmean.run.RunDirectory;
import org.shardmean.run.RunRecord;
import org.shardmean.run.ShownImages;

/** Folders of {@link SampleRuns}, as a training leaves them. */
public final class SampleFolders {
  private SampleFolders() {}

  /** Writes a run to a folder, over what is there, and reads it back. */
  public static SavedRun saved(Path folder, RunRecord run) {
    return saved(folder, run, SampleExamples.of(run));
  }

  /** As {@link #saved(Path, RunRecord)}, with these images. */
  public static SavedRun saved(Path folder, RunRecord run, ShownImages images) {
    try {
      RunDirectory directory = RunDirectory.create(new Configuration(), folder.toString(), true);
      if (!run.epochs().isEmpty()) {
        directory.write(
            RunDirectory.MODEL, new SavedModel(run.config().model(), run.parameters())::write);
        directory.write(RunDirectory.EXAMINED, ExaminedFile.write(run, images));
      }
      directory.write(RunDirectory.RESULT, ResultJson.write(run));
      return SavedRun.read(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
