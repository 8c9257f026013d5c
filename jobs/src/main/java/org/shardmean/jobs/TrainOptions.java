package org.shardmean.jobs;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.DataShape;
import org.shardmean.run.RunDirectory;
import org.shardmean.run.Validation;

/** The settings of {@code train}, as they were given. */
final class TrainOptions {
  static final List<SettingGroup> GROUPS =
      List.of(
          DataSettings.TRAINING_DATA,
          ModelSettings.NETWORK,
          TrainingSettings.TRAINING,
          OuterSettings.AVERAGING,
          OutputSettings.RUN_FOLDER,
          GeneralSettings.GENERAL);

  private final GivenSettings given;

  TrainOptions(GivenSettings given) {
    this.given = given;
  }

  /** As given: {@code mnist}, {@code generated:N}, or a folder. */
  String data() {
    return given.get(DataSettings.DATA);
  }

  Validation validation() {
    return given.get(DataSettings.VALIDATION);
  }

  long seed() {
    return given.get(TrainingSettings.SEED);
  }

  String name() {
    return given.get(OutputSettings.NAME);
  }

  private Optional<String> out() {
    return given.find(OutputSettings.OUT);
  }

  /** Folders that MNIST is looked for in. */
  String mnistPath() {
    return given.get(DataSettings.MNIST_PATH);
  }

  /**
   * Makes the run's folder.
   *
   * @param began when the run began
   * @throws ConfigurationException if it holds another run, or cannot be made
   */
  RunDirectory directory(Configuration hadoop, ZonedDateTime began) {
    return out()
        .map(out -> RunDirectory.create(hadoop, out, given.isOn(OutputSettings.OVERWRITE)))
        .orElseGet(() -> RunDirectory.createNamed(hadoop, "runs", began, name()));
  }

  /**
   * The run's configuration: what was given, checked against the data, and the rest derived.
   *
   * @param dataOption what {@code --data} must be for the same data
   * @param cores task slots of the cluster, the workers where none are given
   * @throws ConfigurationException with everything that does not fit
   */
  ResolvedRun resolve(String dataOption, DataShape data, int cores) {
    return new RunResolution(given, dataOption, data).resolve(cores);
  }
}
