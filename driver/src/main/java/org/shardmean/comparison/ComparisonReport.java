package org.shardmean.comparison;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalDouble;
import org.shardmean.data.VisibleText;
import org.shardmean.report.Figures;
import org.shardmean.report.PageCode;
import org.shardmean.report.RecordedSentences;
import org.shardmean.report.Templates;
import org.shardmean.report.Texts;
import org.shardmean.run.Language;

/**
 * A comparison's {@code report.html}: one file that needs no network and runs no script, in the
 * style of a run's report. The template {@code comparison.jte} draws it from what is here.
 */
public final class ComparisonReport {
  private final Comparison comparison;
  private final Texts t;
  private final Figures n;

  private ComparisonReport(Comparison comparison, Texts t) {
    this.comparison = requireNonNull(comparison, "comparison");
    this.t = t;
    this.n = new Figures(t.locale());
  }

  /** The page. */
  public static String render(Comparison comparison, Language language) {
    return Templates.render(
        "comparison/comparison.jte",
        new ComparisonReport(comparison, Texts.of(language)),
        PageCode.PLAIN);
  }

  Comparison comparison() {
    return comparison;
  }

  /** The page's texts. */
  Texts t() {
    return t;
  }

  /** A recorded sentence in the page's language, where it is known in it. */
  String said(String recorded) {
    return VisibleText.of(RecordedSentences.in(t, recorded));
  }

  /** How numbers are written. */
  Figures n() {
    return n;
  }

  ComparisonCharts charts() {
    return new ComparisonCharts(comparison.contenders(), t, n);
  }

  /** Contenders that reached anything. */
  List<Contender> scored() {
    return charts().contenders();
  }

  /** Those without Shardmean's second run, which comes to the same bits as its first. */
  List<Contender> distinct() {
    return scored().stream().filter(one -> one.isOurs() || one.isRival()).toList();
  }

  String secondsTo(Contender contender, double accuracy) {
    OptionalDouble seconds = contender.course().secondsTo(accuracy);
    return seconds.isPresent() ? n.seconds(seconds.getAsDouble()) : "–";
  }

  /** An accuracy that is asked for, such as 97% or 98.5%. */
  String target(double accuracy) {
    boolean isWhole = Math.abs(100 * accuracy - Math.rint(100 * accuracy)) < 1e-9;
    return n.percent(accuracy, isWhole ? 0 : 2);
  }

  Milestone last(Contender contender) {
    List<Milestone> milestones = contender.course().milestones();
    return milestones.get(milestones.size() - 1);
  }
}
