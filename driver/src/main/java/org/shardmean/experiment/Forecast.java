package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.shardmean.run.RunConfig;

/**
 * What a training would take with the workers that are asked about, and with fewer and more.
 *
 * @param rows by the number of workers, upwards
 * @param asked the row that is asked about
 */
public record Forecast(List<Row> rows, Row asked) {
  /**
   * One number of workers.
   *
   * @param config every setting that {@code train} would use
   * @param cores task slots
   * @param epoch what an epoch's training takes
   * @param accuracy after the last epoch, where it was measured with exactly these settings
   */
  public record Row(
      RunConfig config, int cores, EpochCosts.Cost epoch, Optional<SetupAccuracy.Figure> accuracy) {
    public Row {
      requireNonNull(config, "config");
      requireNonNull(epoch, "epoch");
      requireNonNull(accuracy, "accuracy");
    }

    /** Logical workers, K. */
    public int workers() {
      return config.averaging().workers();
    }

    /** Of all epochs, without evaluations; NaN where that cannot be told. */
    public double trainSeconds() {
      return epoch.seconds() * config.epochs();
    }

    /** The price of the training when each core costs {@code perCoreHour}. */
    public double cost(double perCoreHour) {
      return trainSeconds() * cores * perCoreHour / 3600;
    }
  }

  public Forecast {
    rows = List.copyOf(rows);
    requireNonNull(asked, "asked");
  }
}
