package org.shardmean.jobs.console;

import java.util.ArrayList;
import java.util.List;
import org.shardmean.metrics.ClassScore;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.metrics.Score;
import org.shardmean.run.Sentence;

/**
 * A score as tables of text: per class, and the confusion matrix; of an autoencoder its error
 * alone.
 */
public record ScoreTable(List<String> lines) {
  public static ScoreTable of(Score score) {
    if (!score.isOfClasses()) {
      return new ScoreTable(
          List.of(Sentence.of("Mean squared error of a pixel: %.5f", score.loss())));
    }
    ConfusionMatrix confusion = score.confusion();
    List<String> lines = new ArrayList<>();
    lines.add(
        Sentence.of(
            "Loss %.4f, accuracy %.2f%% (%,d of %,d misclassified)",
            score.loss(),
            100 * score.accuracy(),
            confusion.total() - confusion.correct(),
            confusion.total()));
    lines.add("");
    lines.add("Class  Precision  Recall      F1   Support");
    for (ClassScore each : confusion.perClass()) {
      lines.add(
          Sentence.of(
              "%5d  %9.4f  %6.4f  %6.4f  %,8d",
              each.label(), each.precision(), each.recall(), each.f1(), each.support()));
    }
    lines.add("");
    lines.add("Confusion matrix: rows are actual classes, columns predicted ones");
    addMatrix(lines, confusion);
    return new ScoreTable(List.copyOf(lines));
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
