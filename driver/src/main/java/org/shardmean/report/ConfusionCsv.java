package org.shardmean.report;

import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RunRecord;

/**
 * {@code confusion.csv}: the confusion matrix of every epoch in long form, a line for each cell
 * above zero, under the header {@code epoch,actual,predicted,count}. A cell without a line is zero:
 * with 256 classes, nearly all of them are. In the format of RFC 4180, but lines end with {@code
 * \n}.
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
        long count = confusion.count(actual, predicted);
        if (count > 0) {
          csv.append(before).append(actual).append(',').append(predicted);
          csv.append(',').append(count).append('\n');
        }
      }
    }
  }
}
