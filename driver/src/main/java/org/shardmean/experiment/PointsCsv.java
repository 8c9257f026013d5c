package org.shardmean.experiment;

import java.util.List;
import java.util.Locale;
import org.shardmean.report.CsvField;

/** {@code points.csv}: a line for each point, in the order they were run. */
public final class PointsCsv {
  private static final List<String> HEADER =
      List.of(
          "point",
          "workers",
          "cores",
          "roundsPerEpoch",
          "batchSize",
          "engine",
          "data",
          "seed",
          "repeat",
          "problem",
          "trainExamples",
          "epochs",
          "secondsPerEpoch",
          "fastestEpochSeconds",
          "imagesPerSecond",
          "computeSeconds",
          "waitingSeconds",
          "syncSeconds",
          "evaluationSeconds",
          "bytesPerRound",
          "finalAccuracy",
          "epochsToTarget",
          "secondsToTarget",
          "totalSeconds",
          "cost",
          "variant",
          "learningRate",
          "bestAccuracy",
          "parametersSha256");

  private PointsCsv() {}

  /**
   * Numbers as Java writes them; what there is none of is an empty field.
   *
   * @param target accuracy for time to accuracy; NaN for none
   * @param price of a core and hour; 0 for none
   */
  public static String write(List<PointRecord> points, double target, double price) {
    StringBuilder csv = new StringBuilder(String.join(",", HEADER)).append('\n');
    for (PointRecord record : points) {
      csv.append(String.join(",", fields(record, target, price))).append('\n');
    }
    return csv.toString();
  }

  private static List<String> fields(PointRecord record, double target, double price) {
    GridPoint.Setup setup = record.point().setup();
    boolean done = record.isDone();
    var toTarget = record.runTo(target);
    return List.of(
        CsvField.of(record.point().id()),
        String.valueOf(setup.workers()),
        done ? String.valueOf(record.cores()) : "",
        String.valueOf(setup.roundsPerEpoch()),
        String.valueOf(setup.batchSize()),
        setup.engine().name().toLowerCase(Locale.ROOT),
        CsvField.of(setup.data()),
        String.valueOf(record.point().seed()),
        String.valueOf(record.point().repeat()),
        CsvField.of(record.problem()),
        done ? String.valueOf(record.trainExamples()) : "",
        String.valueOf(record.accuracies().size()),
        done ? number(record.secondsPerEpoch()) : "",
        done ? number(record.fastestEpochSeconds()) : "",
        done ? number(record.imagesPerSecond()) : "",
        done ? number(record.time().compute()) : "",
        done ? number(record.time().waiting()) : "",
        done ? number(record.time().sync()) : "",
        done ? number(record.time().evaluation()) : "",
        done ? number(record.bytesPerRound()) : "",
        done ? number(record.finalAccuracy()) : "",
        toTarget.epochs() > 0 ? String.valueOf(toTarget.epochs()) : "",
        toTarget.epochs() > 0 ? number(toTarget.seconds()) : "",
        done ? number(record.totalSeconds()) : "",
        done && price > 0 ? number(record.cost(price)) : "",
        CsvField.of(setup.variant()),
        CsvField.of(setup.settings().getOrDefault("learning-rate", "")),
        done ? number(record.bestAccuracy()) : "",
        CsvField.of(record.parametersSha256()));
  }

  private static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "";
  }
}
