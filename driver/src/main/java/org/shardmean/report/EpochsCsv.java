package org.shardmean.report;

import java.util.List;
import java.util.stream.Collectors;
import org.shardmean.run.EpochRecord;
import org.shardmean.run.RoundRecord;
import org.shardmean.run.RunRecord;
import org.shardmean.run.TimeSplit;

/**
 * {@code epochs.csv}: a line for each epoch under a header whose names carry the units. Shares are
 * 0 to 1; a number that is not finite is an empty field. Of a network that is no classifier there
 * are no accuracies, and the losses are mean squared errors of an output.
 *
 * <p>In the format of RFC 4180, but lines end with {@code \n}; numbers are written as Java writes
 * them, whatever the locale.
 */
public final class EpochsCsv {
  private static final List<String> SCORES =
      List.of("trainLossNats", "trainAccuracy", "validationLossNats", "validationAccuracy");

  /** Of networks that are no classifiers, in place of {@link #SCORES}. */
  private static final List<String> ERRORS = List.of("trainSquaredError", "validationSquaredError");

  private static final List<String> COSTS =
      List.of(
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
    boolean ofClasses = run.config().model().isClassifier();
    addLine(csv, List.of(List.of("epoch", "examples"), ofClasses ? SCORES : ERRORS, COSTS));
    for (EpochRecord epoch : run.epochs()) {
      addLine(csv, List.of(counts(epoch), ofClasses ? scores(epoch) : errors(epoch), costs(epoch)));
    }
    return csv.toString();
  }

  private static List<String> counts(EpochRecord epoch) {
    return List.of(String.valueOf(epoch.epoch()), String.valueOf(epoch.training().examples()));
  }

  private static List<String> scores(EpochRecord epoch) {
    return List.of(
        number(epoch.training().loss()),
        number(epoch.training().accuracy()),
        number(epoch.validation().loss()),
        number(epoch.validation().accuracy()));
  }

  private static List<String> errors(EpochRecord epoch) {
    return List.of(number(epoch.training().loss()), number(epoch.validation().loss()));
  }

  private static List<String> costs(EpochRecord epoch) {
    TimeSplit time = epoch.time();
    return List.of(
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

  private static void addLine(StringBuilder csv, List<List<String>> fields) {
    csv.append(fields.stream().flatMap(List::stream).collect(Collectors.joining(",")));
    csv.append('\n');
  }
}
