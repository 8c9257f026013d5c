package org.shardmean.jobs.grid;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.shardmean.experiment.Grid;
import org.shardmean.experiment.GridDirectory;
import org.shardmean.experiment.GridFile;
import org.shardmean.experiment.GridResult;
import org.shardmean.experiment.GridRun;
import org.shardmean.experiment.PastGrid;
import org.shardmean.experiment.PointRecord;
import org.shardmean.experiment.PointsCsv;
import org.shardmean.jobs.console.WrittenTo;
import org.shardmean.run.RunEvent;
import org.shardmean.run.RunListener;

/**
 * Shows on the console what a grid does and what disturbs its runs, and keeps its {@code
 * points.csv} up to date meanwhile.
 */
final class GridConsole implements GridRun.Listener, RunListener {
  private final GridFile file;
  private final GridDirectory directory;
  private final List<PointRecord> points = new ArrayList<>();

  /** What each run says, such as that its data is not MNIST, is said once for all of them. */
  private final Set<String> notices = new HashSet<>();

  GridConsole(GridFile file, GridDirectory directory) {
    this.file = file;
    this.directory = directory;
  }

  static void started(Grid grid, GridDirectory directory) {
    String path = WrittenTo.path(directory.files());
    print(
        "Grid %s: %d points (setups: %d, seeds: %d, repeats: %d) in %s%n",
        grid.name(),
        grid.points().size(),
        grid.setups().size(),
        grid.seeds().size(),
        grid.repeats(),
        path);
    print("If it is interrupted, the same command with --out %s goes on with it%n%n", path);
  }

  static void waitingForOwner(String whatFor) {
    print("%s%n", whatFor);
  }

  @Override
  public void goesOn(int done, int of) {
    print("Going on: %d of %d points are done and are not run again%n", done, of);
  }

  @Override
  public void waiting(String whatFor) {
    print("         %s%n", whatFor);
  }

  @Override
  public void disturbed(RunEvent event) {
    print("         %s%n", event.line());
  }

  @Override
  public void notice(String notice) {
    if (notices.add(notice)) {
      print("         *** %s ***%n", notice);
    }
  }

  @Override
  public void pointEnded(int number, int of, PointRecord point, boolean ranNow) throws IOException {
    points.add(point);
    if (ranNow) {
      directory
          .files()
          .write(
              GridDirectory.CSV,
              PointsCsv.write(points, file.targetAccuracy(), file.pricePerCoreHour()));
    }
    print("%3d/%d  %-40s %s%n", number, of, point.point().id(), inWords(point, ranNow));
  }

  private static String inWords(PointRecord point, boolean ranNow) {
    return point.isDone()
        ? String.format(
            Locale.ROOT,
            "%,9.0f img/s  %.3f s an epoch  accuracy %.2f%%%s",
            point.imagesPerSecond(),
            point.secondsPerEpoch(),
            100 * point.finalAccuracy(),
            ranNow ? "" : "  (done before)")
        : (point.isDiverged() ? "DIVERGED: " : "FAILED: ") + point.problem();
  }

  /**
   * Shows what the grid came to.
   *
   * @param kept the grid as the history keeps it
   */
  static void ended(GridResult result, PastGrid kept, GridDirectory directory) {
    print("%n");
    result.conclusions().forEach(System.out::println);
    if (!result.unanswered().isEmpty()) {
      print("%nWhat these points cannot tell:%n");
      result.unanswered().forEach(sentence -> print("  %s%n", sentence));
    }
    print("%nReport: %s%n", WrittenTo.path(directory.files(), GridDirectory.REPORT));
    if (kept.isAccepted()) {
      print("Later grids of this name are compared with this one.%n");
    } else if (kept.isWhole()) {
      print(
          "To compare later grids with this one: deploy/submit grid --accept %s%n", kept.started());
    }
  }

  private static void print(String pattern, Object... values) {
    System.out.printf(Locale.ROOT, pattern, values);
    System.out.flush();
  }
}
