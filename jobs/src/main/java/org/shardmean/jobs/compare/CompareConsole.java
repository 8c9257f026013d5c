package org.shardmean.jobs.compare;

import java.io.PrintStream;
import java.util.Map;
import java.util.stream.Collectors;
import org.shardmean.comparison.Comparison;
import org.shardmean.comparison.Contender;
import org.shardmean.comparison.Course;
import org.shardmean.comparison.Milestone;
import org.shardmean.data.Dataset;
import org.shardmean.run.RunConfig;
import org.shardmean.run.Sentence;
import org.shardmean.spark.Cluster;
import org.shardmean.spark.TrainingRun;

/** Tells of a comparison as it goes on: a line for each milestone. */
final class CompareConsole implements Course.Listener {
  private final PrintStream out;

  CompareConsole(PrintStream out) {
    this.out = out;
  }

  void begins(
      Dataset dataset, TrainingRun.Parts parts, RunConfig ours, String master, Cluster cluster) {
    dataset.notices().forEach(notice -> say("Notice: " + notice));
    say(
        Sentence.of(
            "Data: %s, %,d training and %,d validation images of %dx%d, %d classes",
            dataset.name(),
            parts.training().count(),
            parts.validation().count(),
            parts.training().height(),
            parts.training().width(),
            parts.training().classes()));
    say(
        Sentence.of(
            "Network: %s, trained by each on %s (%s), seed %d",
            ours.model().written(),
            master,
            Sentence.counted(cluster.cores(), "task slot"),
            ours.seed()));
  }

  void next(String title) {
    say("");
    say(title);
  }

  @Override
  public void trainsWith(Map<String, String> settings) {
    say(
        settings.entrySet().stream()
            .map(setting -> setting.getKey() + " " + setting.getValue())
            .collect(Collectors.joining(", ", "  ", "")));
  }

  @Override
  public void prepared(double seconds) {
    say(Sentence.of("  prepared in %.2f s", seconds));
  }

  @Override
  public void passed(Milestone milestone) {
    say(
        Sentence.of(
            "  %-16s %9.2f s  %6.2f%%",
            milestone.label(), milestone.seconds(), 100 * milestone.accuracy()));
  }

  void ended(Contender contender) {
    contender.problem().ifPresent(problem -> say("  could not run to its end: " + problem));
  }

  void finished(Comparison comparison, ComparisonFolder folder) {
    say("");
    comparison.conclusions().forEach(this::say);
    say("Report: " + folder.report());
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
