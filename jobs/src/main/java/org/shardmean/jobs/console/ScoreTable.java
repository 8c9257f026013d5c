package org.shardmean.jobs.console;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.shardmean.data.VisibleText;
import org.shardmean.metrics.ClassScore;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.metrics.Score;
import org.shardmean.report.Texts;
import org.shardmean.run.Sentence;

/**
 * A score as tables of text: per class, and the confusion matrix; of an autoencoder its error
 * alone.
 */
public record ScoreTable(List<String> lines) {
  /** The tables of a score whose classes are called by their numbers. */
  public static ScoreTable of(Score score, Texts t) {
    return of(score, String::valueOf, t);
  }

  /**
   * The tables of a score.
   *
   * @param className what a class is called
   */
  public static ScoreTable of(Score score, IntFunction<String> className, Texts t) {
    List<String> names = new ArrayList<>();
    for (int c = 0; c < score.confusion().classes(); c++) {
      names.add(VisibleText.of(className.apply(c)));
    }

    if (!score.isOfClasses()) {
      return new ScoreTable(List.of(t.text("console.scoreError", t.number("%.5f", score.loss()))));
    }
    ConfusionMatrix confusion = score.confusion();
    List<String> lines = new ArrayList<>();
    lines.add(
        t.text(
            "console.score",
            t.number("%.4f", score.loss()),
            t.number("%.2f", 100 * score.accuracy()),
            t.number("%,d", confusion.total() - confusion.correct()),
            t.number("%,d", confusion.total())));
    lines.add("");
    addClasses(lines, confusion, names, t);
    lines.add("");
    lines.add(t.text("console.confusion"));
    addMatrix(lines, confusion, names);
    return new ScoreTable(List.copyOf(lines));
  }

  private static void addClasses(
      List<String> lines, ConfusionMatrix confusion, List<String> names, Texts t) {
    TextTable table =
        new TextTable(
            List.of(
                new TextTable.Column(t.text("classes.class"), 0, Math.max(5, widest(names))),
                new TextTable.Column(t.text("classes.precision"), 2, 9),
                new TextTable.Column(t.text("classes.recall"), 2, 6),
                new TextTable.Column(t.text("classes.f1"), 2, 6),
                new TextTable.Column(t.text("classes.support"), 2, 8)));
    lines.add(table.head());
    for (ClassScore each : confusion.perClass()) {
      lines.add(
          table.row(
              List.of(
                  names.get(each.label()),
                  t.number("%.4f", each.precision()),
                  t.number("%.4f", each.recall()),
                  t.number("%.4f", each.f1()),
                  t.number("%,d", each.support()))));
    }
  }

  private static void addMatrix(List<String> lines, ConfusionMatrix confusion, List<String> names) {
    int longest = widest(names);
    int width = 2 + Math.max(Math.max(2, longest), String.valueOf(confusion.total()).length());
    int first = Math.max(6, longest + 2);
    StringBuilder head = new StringBuilder(" ".repeat(first));
    for (int predicted = 0; predicted < confusion.classes(); predicted++) {
      head.append(Columns.right(names.get(predicted), width));
    }
    lines.add(head.toString());
    for (int actual = 0; actual < confusion.classes(); actual++) {
      StringBuilder row = new StringBuilder(Columns.right(names.get(actual), first));
      for (int predicted = 0; predicted < confusion.classes(); predicted++) {
        row.append(cell(confusion.count(actual, predicted), width));
      }
      lines.add(row.toString());
    }
  }

  private static int widest(List<String> names) {
    return names.stream().mapToInt(Columns::of).max().orElse(0);
  }

  private static String cell(long number, int width) {
    return Sentence.of("%" + width + "d", number);
  }
}
