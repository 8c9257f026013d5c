package org.shardmean.report;

import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RunRecord;

/**
 * {@code confusion.csv}: the confusion matrix of every epoch in long form, a line for each cell,
 * zeros too, under the header {@code epoch,actual,predicted,count}. As RFC 4180 has it, but lines
 * end with {@code \n}.
 */
public final class ConfusionCsv {
  private ConfusionCsv() {}

  public static String write(RunRecord run) {
    StringBuilder csv = new StringBuilder("epoch,actual,predicted,count\n");
    for (EpochRecord epoch : run.epochs()) {
      addMatrix(csv, epoch.epoch() + ",", epoch.validation().confusion());
    }
    return csv.toString();
  }

  /** One matrix without an epoch, under the header {@code actual,predicted,count}. */
  public static String write(ConfusionMatrix confusion) {
    StringBuilder csv = new StringBuilder("actual,predicted,count\n");
    addMatrix(csv, "", confusion);
    return csv.toString();
  }

  private static void addMatrix(StringBuilder csv, String before, ConfusionMatrix confusion) {
    for (int actual = 0; actual < confusion.classes(); actual++) {
      for (int predicted = 0; predicted < confusion.classes(); predicted++) {
        csv.append(before);
        csv.append(actual).append(',');
        csv.append(predicted).append(',');
        csv.append(confusion.count(actual, predicted)).append('\n');
      }
    }
  }
}
