package org.shardmean.report;

import java.util.List;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunRecord;
import org.shardmean.run.TimeSplit;

/**
 * {@code epochs.csv}: a line for each epoch under a header whose names carry the units. Shares are
 * 0 to 1; a number that is not finite is an empty field.
 *
 * <p>In the format of RFC 4180, but lines end with {@code \n}; numbers are written as Java writes
 * them, whatever the locale.
 */
public final class EpochsCsv {
  private static final List<String> HEADER =
      List.of(
          "epoch",
          "examples",
          "trainLossNats",
          "trainAccuracy",
          "validationLossNats",
          "validationAccuracy",
          "seconds",
          "trainSeconds",
          "computeSeconds",
          "waitingSeconds",
          "syncSeconds",
          "evaluationSeconds",
          "imagesPerSecond",
          "rounds",
          "bytesOut",
          "bytesBack");

  private EpochsCsv() {}

  public static String write(RunRecord run) {
    StringBuilder csv = new StringBuilder();
    addLine(csv, HEADER);
    for (EpochRecord epoch : run.epochs()) {
      addLine(csv, fields(epoch));
    }
    return csv.toString();
  }

  private static List<String> fields(EpochRecord epoch) {
    TimeSplit time = epoch.time();
    return List.of(
        String.valueOf(epoch.epoch()),
        String.valueOf(epoch.training().examples()),
        number(epoch.training().loss()),
        number(epoch.training().accuracy()),
        number(epoch.validation().loss()),
        number(epoch.validation().accuracy()),
        number(epoch.seconds()),
        number(epoch.trainSeconds()),
        number(time.compute()),
        number(time.waiting()),
        number(time.sync()),
        number(time.evaluation()),
        number(epoch.imagesPerSecond()),
        String.valueOf(epoch.rounds().size()),
        String.valueOf(epoch.rounds().stream().mapToLong(RoundRecord::bytesOut).sum()),
        String.valueOf(epoch.rounds().stream().mapToLong(RoundRecord::bytesBack).sum()));
  }

  private static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "";
  }

  private static void addLine(StringBuilder csv, List<String> fields) {
    csv.append(String.join(",", fields)).append('\n');
  }
}
