package org.shardmean.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.shardmean.data.DataException;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.report.ResultJson;
import org.shardmean.report.SavedResult;
import org.shardmean.run.RunDirectory;

/**
 * The points of a grid that lies somewhere, finished or not.
 *
 * @param points those that were run, by their names
 * @param master where they were run
 */
public record SavedPoints(List<PointRecord> points, String master) {
  public SavedPoints {
    points = List.copyOf(points);
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
    String master = "";
    FileStatus[] found = files.globStatus(results);
    for (FileStatus status : found == null ? new FileStatus[0] : found) {
      try (var in = files.open(status.getPath())) {
        String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        SavedResult saved = ResultJson.read(status.getPath().toString(), json);
        points.add(PointRecord.of(point(saved.config()), saved, Fingerprint.of(saved, Set.of())));
        master = saved.environment().master();
      }
    }
    if (points.isEmpty()) {
      throw new DataException(
          "%s: expected the directory of a grid with points/*/%s, found none; give the folder a scaling job wrote"
              .formatted(directory, RunDirectory.RESULT));
    }
    return new SavedPoints(points, master);
  }

  /** Whether the rounds crossed a network. */
  public boolean crossedANetwork() {
    return !master.startsWith("local");
  }

  private static GridPoint point(Map<String, Object> config) {
    Map<String, String> settings = new TreeMap<>();
    config.forEach((name, value) -> settings.put(option(name), String.valueOf(value)));
    settings.keySet().removeAll(List.of("seed", "name"));
    return new GridPoint(
        new Setup(0, "", settings, settings), ((Number) config.get("seed")).longValue(), 1);
  }

  /** {@code batchSize} as {@code batch-size}. */
  private static String option(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
