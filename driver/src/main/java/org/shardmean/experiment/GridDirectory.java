package org.shardmean.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.shardmean.data.DataException;
import org.shardmean.report.ResultJson;
import org.shardmean.report.SavedResult;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunDirectory;

/**
 * Where a grid lies: {@code points/ID/} for each point's full run record, and what the grid as a
 * whole came to beside it. A point that has its {@code result.json} is done; so a grid that was
 * interrupted goes on by looking.
 */
public final class GridDirectory {
  public static final String JSON = "scaling.json";
  public static final String CSV = "points.csv";
  public static final String REPORT = "scaling.html";

  /** What is run, so that no other grid goes on in its place. */
  static final String DEFINITION = "grid.properties";

  private static final String POINTS = "points";
  private static final String FAILED = "failed.txt";
  private static final String STARTED = "# started ";

  private final Configuration hadoop;
  private final RunDirectory directory;
  private final String started;

  private GridDirectory(Configuration hadoop, RunDirectory directory, String started) {
    this.hadoop = hadoop;
    this.directory = directory;
    this.started = started;
  }

  /**
   * A new directory, or one in which the same grid was interrupted.
   *
   * @param path any Hadoop path
   * @param definition what is run and by which commit, in lines
   * @param now when it began, unless it goes on; as it is to be shown
   * @throws ConfigurationException when another grid lies there, or this one is over
   */
  public static GridDirectory begin(
      Configuration hadoop, String path, String definition, String now) throws IOException {
    RunDirectory directory = RunDirectory.create(hadoop, path, false);
    if (directory.holds(JSON)) {
      throw new ConfigurationException(
          "--out %s: expected no grid or an interrupted one, found one that is over; give another --out"
              .formatted(path));
    }
    if (!directory.holds(DEFINITION)) {
      directory.write(DEFINITION, STARTED + now + "\n" + definition);
      return new GridDirectory(hadoop, directory, now);
    }
    String found = new String(directory.read(DEFINITION), StandardCharsets.UTF_8);
    int end = found.indexOf('\n');
    if (end < 0 || !found.startsWith(STARTED) || !found.substring(end + 1).equals(definition)) {
      throw new ConfigurationException(
          "--out %s: expected this grid, interrupted, found another grid, other settings or another commit in %s; give another --out"
              .formatted(path, DEFINITION));
    }
    return new GridDirectory(hadoop, directory, found.substring(STARTED.length(), end));
  }

  /** When the grid began, as {@link #begin} was first given it. */
  public String started() {
    return started;
  }

  /** For what the grid as a whole came to. */
  public RunDirectory files() {
    return directory;
  }

  /** A place for a point's run record; what an interruption left there is gone. */
  RunDirectory make(GridPoint point) {
    return RunDirectory.create(hadoop, pathOf(point), true);
  }

  void fail(GridPoint point, String problem) throws IOException {
    make(point).write(FAILED, problem + "\n");
  }

  /** What a point came to; none if it has no whole result yet, so that it is run (again). */
  Optional<PointRecord> find(GridPoint point) throws IOException {
    try {
      RunDirectory place = RunDirectory.open(hadoop, pathOf(point));
      if (!place.holds(RunDirectory.RESULT)) {
        return Optional.empty();
      }
      String json = new String(place.read(RunDirectory.RESULT), StandardCharsets.UTF_8);
      SavedResult saved = ResultJson.read(pathOf(point), json);
      return Optional.of(PointRecord.of(point, saved, Fingerprint.of(saved, Set.of())));
    } catch (ConfigurationException | DataException notThereOrNotWhole) {
      return Optional.empty();
    }
  }

  private String pathOf(GridPoint point) {
    return directory.path() + "/" + POINTS + "/" + point.id();
  }
}
