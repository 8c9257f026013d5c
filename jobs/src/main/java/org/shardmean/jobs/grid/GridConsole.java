package org.shardmean.jobs.grid;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.shardmean.experiment.Grid;
import org.shardmean.experiment.GridDirectory;
import org.shardmean.experiment.GridFile;
import org.shardmean.experiment.GridResult;
import org.shardmean.experiment.GridRun;
import org.shardmean.experiment.PastGrid;
import org.shardmean.experiment.PointRecord;
import org.shardmean.experiment.PointsCsv;
import org.shardmean.jobs.console.Columns;
import org.shardmean.jobs.console.WrittenTo;
import org.shardmean.report.RecordedSentences;
import org.shardmean.report.Texts;
import org.shardmean.run.RunEvent;
import org.shardmean.run.RunListener;

/**
 * Shows on the console what a grid does and what disturbs its runs, and keeps its {@code
 * points.csv} up to date meanwhile.
 */
final class GridConsole implements GridRun.Listener, RunListener {
  private static final String INDENT = "         ";
  private static final int WIDTH_OF_ID = 40;
  private static final int WIDTH_OF_SPEED = 9;

  private final PrintStream out;
  private final GridFile file;
  private final GridDirectory directory;
  private final Texts t;
  private final List<PointRecord> points = new ArrayList<>();

  /** What each run says, such as that its data is not MNIST, is said once for all of them. */
  private final Set<String> notices = new HashSet<>();

  /**
   * @param directory the grid's
   * @param t the language
   */
  GridConsole(PrintStream out, GridFile file, GridDirectory directory, Texts t) {
    this.out = out;
    this.file = file;
    this.directory = directory;
    this.t = t;
  }

  void started(Grid grid) {
    String path = WrittenTo.path(directory.files());
    say(
        t.counted(
            "console.gridStarted",
            grid.points().size(),
            grid.name(),
            grid.setups().size(),
            grid.seeds().size(),
            grid.repeats(),
            path));
    say(t.text("console.gridOut", path));
    say("");
  }

  @Override
  public void goesOn(int done, int of) {
    say(t.text("console.gridGoesOn", done, of));
  }

  @Override
  public void waiting(String whatFor) {
    say(INDENT + RecordedSentences.in(t, whatFor));
  }

  @Override
  public void disturbed(RunEvent event) {
    say(INDENT + RecordedSentences.in(t, event.line()));
  }

  @Override
  public void notice(String notice) {
    if (notices.add(notice)) {
      say(INDENT + "*** " + RecordedSentences.in(t, notice) + " ***");
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
    say(
        Columns.right(String.valueOf(number), 3)
            + Columns.left("/" + of, 4)
            + " "
            + Columns.left(point.point().id(), WIDTH_OF_ID)
            + " "
            + inWords(point, ranNow));
  }

  private String inWords(PointRecord point, boolean ranNow) {
    if (point.isDone()) {
      String done =
          t.text(
              "console.gridPoint",
              Columns.right(t.number("%,.0f", point.imagesPerSecond()), WIDTH_OF_SPEED),
              t.number("%.3f", point.secondsPerEpoch()),
              t.number("%.2f", 100 * point.finalAccuracy()));
      return ranNow ? done : t.text("console.gridDoneBefore", done);
    }
    String problem = RecordedSentences.in(t, point.problem());
    return point.isDiverged()
        ? t.text("console.gridDiverged", problem)
        : t.text("console.gridFailed", problem);
  }

  /**
   * Shows what the grid came to.
   *
   * @param kept the grid as the history keeps it
   */
  void ended(GridResult result, PastGrid kept) {
    say("");
    result.conclusions(t).forEach(this::say);
    if (!result.unanswered(t).isEmpty()) {
      say("");
      say(t.text("console.gridUnanswered"));
      result.unanswered(t).forEach(sentence -> say("  " + sentence));
    }
    say("");
    say(t.text("console.report", WrittenTo.path(directory.files(), GridDirectory.REPORT)));
    if (kept.isAccepted()) {
      say(t.text("console.gridIsBaseline"));
    } else if (kept.isWhole()) {
      say(t.text("console.gridToAccept", "deploy/submit grid --accept " + kept.started()));
    }
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
