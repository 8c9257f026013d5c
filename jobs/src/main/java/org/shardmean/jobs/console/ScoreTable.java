package org.shardmean.jobs.console;

import java.util.ArrayList;
import java.util.List;
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
  public static ScoreTable of(Score score, Texts t) {
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
    addClasses(lines, confusion, t);
    lines.add("");
    lines.add(t.text("console.confusion"));
    addMatrix(lines, confusion);
    return new ScoreTable(List.copyOf(lines));
  }

  private static void addClasses(List<String> lines, ConfusionMatrix confusion, Texts t) {
    TextTable table =
        new TextTable(
            List.of(
                new TextTable.Column(t.text("classes.class"), 0, 5),
                new TextTable.Column(t.text("classes.precision"), 2, 9),
                new TextTable.Column(t.text("classes.recall"), 2, 6),
                new TextTable.Column(t.text("classes.f1"), 2, 6),
                new TextTable.Column(t.text("classes.support"), 2, 8)));
    lines.add(table.head());
    for (ClassScore each : confusion.perClass()) {
      lines.add(
          table.row(
              List.of(
                  String.valueOf(each.label()),
                  t.number("%.4f", each.precision()),
                  t.number("%.4f", each.recall()),
                  t.number("%.4f", each.f1()),
                  t.number("%,d", each.support()))));
    }
  }

  private static void addMatrix(List<String> lines, ConfusionMatrix confusion) {
    int width = 2 + Math.max(2, String.valueOf(confusion.total()).length());
    StringBuilder head = new StringBuilder("      ");
    for (int predicted = 0; predicted < confusion.classes(); predicted++) {
      head.append(cell(predicted, width));
    }
    lines.add(head.toString());
    for (int actual = 0; actual < confusion.classes(); actual++) {
      StringBuilder row = new StringBuilder(cell(actual, 6));
      for (int predicted = 0; predicted < confusion.classes(); predicted++) {
        row.append(cell(confusion.count(actual, predicted), width));
      }
      lines.add(row.toString());
    }
  }

  private static String cell(long number, int width) {
    return Sentence.of("%" + width + "d", number);
  }
}
