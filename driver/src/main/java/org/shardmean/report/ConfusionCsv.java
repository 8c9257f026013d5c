package org.shardmean.report;

import java.util.function.IntFunction;
import org.shardmean.metrics.ConfusionMatrix;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RunRecord;

/**
 * {@code confusion.csv}: the confusion matrix of every epoch in long form, a line for each cell
 * above zero, under the header {@code epoch,actual,predicted,count}. A cell without a line is zero:
 * with 256 classes, nearly all of them are. A class is its number, or its name where a table's
 * classes have names. In the format of RFC 4180, but lines end with {@code \n}.
 */
public final class ConfusionCsv {
  private ConfusionCsv() {}

  public static String write(RunRecord run) {
    StringBuilder csv = new StringBuilder("epoch,actual,predicted,count\n");
    for (EpochRecord epoch : run.epochs()) {
      addMatrix(csv, epoch.epoch() + ",", epoch.validation().confusion(), run.data()::className);
    }
    return csv.toString();
  }

  /** One matrix without an epoch, under the header {@code actual,predicted,count}. */
  public static String write(ConfusionMatrix confusion, IntFunction<String> className) {
    StringBuilder csv = new StringBuilder("actual,predicted,count\n");
    addMatrix(csv, "", confusion, className);
    return csv.toString();
  }

  private static void addMatrix(
      StringBuilder csv, String before, ConfusionMatrix confusion, IntFunction<String> className) {
    for (int actual = 0; actual < confusion.classes(); actual++) {
      for (int predicted = 0; predicted < confusion.classes(); predicted++) {
        long count = confusion.count(actual, predicted);
        if (count > 0) {
          csv.append(before).append(CsvField.of(className.apply(actual)));
          csv.append(',').append(CsvField.of(className.apply(predicted)));
          csv.append(',').append(count).append('\n');
        }
      }
    }
  }
}
