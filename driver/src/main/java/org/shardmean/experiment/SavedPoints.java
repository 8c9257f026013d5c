package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.shardmean.data.DataException;
import org.shardmean.data.InputFile;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.report.ResultJson;
import org.shardmean.report.SavedResult;
import org.shardmean.run.DataRecord;
import org.shardmean.run.RunDirectory;
import org.shardmean.settings.TrainSettings;

/**
 * The points of a grid that lies somewhere, finished or not.
 *
 * @param points those that were run, by their names
 * @param master where they were run
 * @param data of the last one
 */
public record SavedPoints(List<PointRecord> points, String master, DataRecord data) {
  public SavedPoints {
    points = List.copyOf(points);
    requireNonNull(master, "master");
    requireNonNull(data, "data");
  }

  /**
   * Reads a grid's points.
   *
   * @param directory a grid's, on any Hadoop path
   * @throws DataException when there are none, or one cannot be read
   */
  public static SavedPoints read(Configuration hadoop, String directory) throws IOException {
    Path results = new Path(directory, "points/*/" + RunDirectory.RESULT);
    FileSystem files = results.getFileSystem(hadoop);
    List<PointRecord> points = new ArrayList<>();
    List<SavedResult> runs = new ArrayList<>();
    FileStatus[] found = files.globStatus(results);
    for (FileStatus status : found == null ? new FileStatus[0] : found) {
      Path file = status.getPath();
      String json = InputFile.readText(files, file, RunDirectory.MOST_BYTES);
      SavedResult saved = ResultJson.read(file.toString(), json);
      points.add(record(file, saved));
      runs.add(saved);
    }
    if (points.isEmpty()) {
      throw new DataException(
          "%s: expected the directory of a grid with points/*/%s, found none; give the folder that a grid wrote"
              .formatted(directory, RunDirectory.RESULT));
    }
    SavedResult last = runs.get(runs.size() - 1);
    return new SavedPoints(points, last.environment().master(), last.data());
  }

  /** Whether the rounds crossed a network. */
  public boolean crossedANetwork() {
    return !master.startsWith("local");
  }

  private static PointRecord record(Path file, SavedResult saved) {
    try {
      return PointRecord.of(point(saved), saved, Fingerprint.of(saved, Set.of()));
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "%s: expected the run of a grid's point, found that %s; run the point again"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** Its setup is known by its settings alone: what the grid varied is not asked here. */
  private static GridPoint point(SavedResult saved) {
    Map<String, String> settings = saved.settings();
    long seed = TrainSettings.SEED.reader().read(settings.get(TrainSettings.SEED.name()));
    GridPlan.NOT_OF_A_SETUP.forEach(setting -> settings.remove(setting.name()));
    return new GridPoint(new Setup(0, "", Map.of(), settings), seed, 1);
  }
}
