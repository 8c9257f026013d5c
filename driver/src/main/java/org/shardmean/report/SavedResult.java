package org.shardmean.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.shardmean.run.DataRecord;
import org.shardmean.run.Environment;
import org.shardmean.run.RunStatus;
import org.shardmean.run.TimeSplit;
import org.shardmean.settings.Setting;
import org.shardmean.settings.TrainSettings;

/**
 * A run as read back from {@code result.json}: what histories and comparisons need.
 *
 * @param status how it ended
 * @param config every resolved setting under its name in the file, as a String, Long, Double or
 *     Boolean
 * @param data the data of the run
 * @param environment where it ran
 * @param epochs what each epoch did, in order
 * @param parameters how many there are
 * @param parametersSha256 of the final parameters, in hex
 * @param testAccuracy 0 to 1; NaN when the test examples were not scored apart
 */
public record SavedResult(
    RunStatus status,
    Map<String, Object> config,
    DataRecord data,
    Environment environment,
    List<Epoch> epochs,
    long parameters,
    String parametersSha256,
    double testAccuracy) {
  public SavedResult {
    requireNonNull(status, "status");
    config = Map.copyOf(config);
    requireNonNull(data, "data");
    requireNonNull(environment, "environment");
    epochs = List.copyOf(epochs);
    requireNonNull(parametersSha256, "parametersSha256");
  }

  /**
   * Every setting of the run by its name, as a command line has it; can be changed.
   *
   * @throws IllegalArgumentException if one is missing, or has a value that it cannot have
   */
  public SortedMap<String, String> settings() {
    return Setting.texts(
        TrainSettings.OF_A_RUN,
        setting -> TrainSettings.rewritten(setting, config.get(setting.key())));
  }

  /**
   * An epoch's headline figures. One that the file has as {@code null} was not finite and is NaN.
   *
   * @param epoch from 1
   * @param time seconds
   * @param rounds averagings in the epoch
   * @param bytes of state that went to the workers and came back; on {@code local[*]} by reference
   */
  public record Epoch(
      int epoch,
      double trainLoss,
      double trainAccuracy,
      double validationLoss,
      double validationAccuracy,
      double imagesPerSecond,
      TimeSplit time,
      int rounds,
      long bytes) {}
}
