package org.shardmean.jobs.compare;

import java.io.PrintStream;
import java.util.Map;
import java.util.stream.Collectors;
import org.shardmean.comparison.Comparison;
import org.shardmean.comparison.Contender;
import org.shardmean.comparison.Course;
import org.shardmean.comparison.Milestone;
import org.shardmean.comparison.Rival;
import org.shardmean.data.Dataset;
import org.shardmean.jobs.console.Columns;
import org.shardmean.report.Figures;
import org.shardmean.report.RecordedSentences;
import org.shardmean.report.Texts;
import org.shardmean.run.RunConfig;
import org.shardmean.spark.Cluster;
import org.shardmean.spark.TrainingRun;

/** Tells of a comparison as it goes on: a line for each milestone. */
final class CompareConsole implements Course.Listener {
  private static final String INDENT = "  ";
  private static final int WIDTH_OF_LABEL = 16;
  private static final int WIDTH_OF_SECONDS = 11;

  private final PrintStream out;
  private final Texts t;

  /**
   * @param t the language
   */
  CompareConsole(PrintStream out, Texts t) {
    this.out = out;
    this.t = t;
  }

  void begins(
      Dataset dataset, TrainingRun.Parts parts, RunConfig ours, String master, Cluster cluster) {
    dataset.notices().forEach(notice -> say("*** " + RecordedSentences.in(t, notice) + " ***"));
    say(
        t.text(
            "console.data",
            dataset.name(),
            t.number("%,d", parts.training().count()),
            t.number("%,d", parts.validation().count()),
            parts.training().height(),
            parts.training().width(),
            parts.training().classes()));
    say(
        t.text(
            "console.compareNetwork",
            ours.model().written(),
            master,
            t.counted("console.countSlots", cluster.cores()),
            ours.seed()));
  }

  void nextIsShardmean() {
    next("Shardmean");
  }

  void next(Rival rival) {
    next(rival.title(t));
  }

  void nextIsShardmeanAgain() {
    next(t.text("said.shardmeanAgain"));
  }

  private void next(String title) {
    say("");
    say(title);
  }

  @Override
  public void trainsWith(Map<String, String> settings) {
    say(
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + " " + setting.getValue())
            .collect(Collectors.joining(", ", INDENT, "")));
  }

  @Override
  public void prepared(double seconds) {
    say(INDENT + t.text("console.comparePrepared", t.number("%.2f", seconds)));
  }

  @Override
  public void passed(Milestone milestone) {
    String seconds = t.text("said.seconds", t.number("%.2f", milestone.seconds()));
    say(
        INDENT
            + Columns.left(RecordedSentences.in(t, milestone.label()), WIDTH_OF_LABEL)
            + " "
            + Columns.right(seconds, WIDTH_OF_SECONDS)
            + "  "
            + new Figures(t.locale()).percent(milestone.accuracy()));
  }

  void ended(Contender contender) {
    contender
        .problem()
        .ifPresent(
            problem ->
                say(INDENT + t.text("console.compareProblem", RecordedSentences.in(t, problem))));
  }

  void finished(Comparison comparison, ComparisonFolder folder) {
    say("");
    comparison.conclusions(t).forEach(this::say);
    say(t.text("console.report", folder.report()));
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
