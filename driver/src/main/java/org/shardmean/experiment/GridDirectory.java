package org.shardmean.experiment;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.shardmean.checkpoint.FolderOwner;
import org.shardmean.data.DataException;
import org.shardmean.report.ResultJson;
import org.shardmean.report.SavedResult;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunDirectory;

/**
 * Where a grid lies: {@code points/ID/} is the run folder of each point, and beside {@code points}
 * is what the grid as a whole came to. A point that has its {@code result.json} is done, so a grid
 * that was interrupted, or whose file has more points than before, goes on by looking. It belongs
 * to one driver until it is closed.
 */
public final class GridDirectory implements AutoCloseable {
  public static final String JSON = "grid.json";
  public static final String CSV = "points.csv";
  public static final String REPORT = "report.html";

  /** The grid's file, under a line with its name and start. */
  static final String DEFINITION = "grid.properties";

  public static final String POINTS = "points";
  private static final String FAILED = "failed.txt";
  private static final String STARTED = ", started ";

  private final Configuration hadoop;
  private final RunDirectory directory;
  private final FolderOwner owner;
  private final String started;

  private GridDirectory(
      Configuration hadoop, RunDirectory directory, FolderOwner owner, String started) {
    this.hadoop = hadoop;
    this.directory = directory;
    this.owner = owner;
    this.started = started;
  }

  /**
   * A new directory, or one in which the grid of this name was started before.
   *
   * @param path any Hadoop path
   * @param now when it starts, unless it goes on; as it is to be shown
   * @param waiting hears of it if another driver may own the directory
   * @throws ConfigurationException when it holds a grid of another name, or another run, or belongs
   *     to another driver
   */
  public static GridDirectory begin(
      Configuration hadoop, String path, GridFile file, String now, Consumer<String> waiting)
      throws IOException {
    RunDirectory directory = RunDirectory.createFor(hadoop, path, List.of(), false);
    FolderOwner owner = FolderOwner.claim(directory.files(), directory.path(), waiting);
    boolean begun = false;
    try {
      String started = begin(directory, file, now);
      begun = true;
      return new GridDirectory(hadoop, directory, owner, started);
    } finally {
      if (!begun) {
        owner.close();
      }
    }
  }

  private static String begin(RunDirectory directory, GridFile file, String now)
      throws IOException {
    if (directory.holds(RunDirectory.RESULT)) {
      throw new ConfigurationException(
          "--out %s: expected no run or a grid to go on with, found the run of a training; give another --out"
              .formatted(directory));
    }
    String started = directory.holds(DEFINITION) ? startOf(directory, file.name()) : now;
    directory.write(DEFINITION, "# " + file.name() + STARTED + started + "\n" + file.text());
    return started;
  }

  private static String startOf(RunDirectory directory, String name) throws IOException {
    String first = directory.readText(DEFINITION).lines().findFirst().orElse("");
    String expected = "# " + name + STARTED;
    if (!first.startsWith(expected)) {
      throw new ConfigurationException(
          "--out %s: expected no grid, or grid '%s' to go on with, found '%s' in %s; give another --out"
              .formatted(directory, name, first, DEFINITION));
    }
    return first.substring(expected.length());
  }

  /** Whether a folder is that of a grid. */
  public static boolean isOne(RunDirectory folder) throws IOException {
    return folder.holds(DEFINITION);
  }

  /** When the grid was first started. */
  public String started() {
    return started;
  }

  /** For what the grid as a whole came to. */
  public RunDirectory files() {
    return directory;
  }

  /**
   * A place for a point's run; what an interruption left there is deleted.
   *
   * @throws ConfigurationException if another driver has taken the grid over
   */
  RunDirectory make(GridPoint point) throws IOException {
    owner.requireOwned();
    return RunDirectory.create(hadoop, pathOf(point), true);
  }

  void fail(GridPoint point, String problem) throws IOException {
    make(point).write(FAILED, problem + "\n");
  }

  /** A point's run; none if it has no whole result yet, so that it is run (again). */
  Optional<SavedResult> find(GridPoint point) throws IOException {
    try {
      RunDirectory place = RunDirectory.open(hadoop, pathOf(point));
      if (!place.holds(RunDirectory.RESULT)) {
        return Optional.empty();
      }
      return Optional.of(ResultJson.read(pathOf(point), place.readText(RunDirectory.RESULT)));
    } catch (ConfigurationException | DataException notThereOrNotWhole) {
      return Optional.empty();
    }
  }

  /** Gives the directory back. */
  @Override
  public void close() {
    owner.close();
  }

  private String pathOf(GridPoint point) {
    return directory.path() + "/" + POINTS + "/" + point.id();
  }
}
