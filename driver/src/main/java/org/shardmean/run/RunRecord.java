package org.shardmean.run;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.shardmean.data.TableForm;
import org.shardmean.metrics.Score;

/**
 * A run from beginning to end: what {@code result.json} and the report are made from.
 *
 * @param status how it ended
 * @param config every resolved setting
 * @param reasons for every setting that was derived rather than given, a line {@code name = value:
 *     reason}
 * @param data the data it was trained on
 * @param environment where it ran
 * @param command the command line that reproduces it
 * @param epochs what each epoch did, in order; empty when the first one failed
 * @param keptEpoch the epoch that ended with these parameters, from 1: the last, or with patience
 *     the best; 0 for the run's start, when no epoch ended
 * @param test the test examples, scored once at the end, when validation was held out
 * @param parameters the flat parameters that are kept, a view
 * @param parametersSha256 of these parameters as little-endian float32, in hex
 * @param notices what a reader must know first, such as that these are not MNIST's figures
 * @param events what disturbed the run, in order
 * @param firstSteps how gradient descent began
 */
public record RunRecord(
    RunStatus status,
    RunConfig config,
    List<String> reasons,
    DataRecord data,
    Environment environment,
    String command,
    List<EpochRecord> epochs,
    int keptEpoch,
    Optional<Score> test,
    float[] parameters,
    String parametersSha256,
    List<String> notices,
    List<RunEvent> events,
    FirstSteps firstSteps) {
  public RunRecord {
    requireNonNull(status, "status");
    requireNonNull(config, "config");
    reasons = List.copyOf(reasons);
    requireNonNull(data, "data");
    requireNonNull(environment, "environment");
    requireNonNull(command, "command");
    epochs = List.copyOf(epochs);
    if (keptEpoch < 0 || keptEpoch > epochs.size()) {
      throw new IllegalArgumentException(
          "the epoch kept must be 0 to %d, found %d".formatted(epochs.size(), keptEpoch));
    }
    requireNonNull(test, "test");
    requireNonNull(parameters, "parameters");
    requireNonNull(parametersSha256, "parametersSha256");
    notices = List.copyOf(notices);
    events = List.copyOf(events);
    requireNonNull(firstSteps, "firstSteps");
  }

  /** A run whose first steps are not shown. */
  public RunRecord(
      RunStatus status,
      RunConfig config,
      List<String> reasons,
      DataRecord data,
      Environment environment,
      String command,
      List<EpochRecord> epochs,
      int keptEpoch,
      Optional<Score> test,
      float[] parameters,
      String parametersSha256,
      List<String> notices,
      List<RunEvent> events) {
    this(
        status,
        config,
        reasons,
        data,
        environment,
        command,
        epochs,
        keptEpoch,
        test,
        parameters,
        parametersSha256,
        notices,
        events,
        FirstSteps.NONE);
  }

  /** The same run with other settings, such as another language. */
  public RunRecord withConfig(RunConfig other) {
    return new RunRecord(
        status,
        other,
        reasons,
        data,
        environment,
        command,
        epochs,
        keptEpoch,
        test,
        parameters,
        parametersSha256,
        notices,
        events,
        firstSteps);
  }

  /** The same run, saying which columns its examples come from. */
  public RunRecord withTable(Optional<TableForm> table) {
    return new RunRecord(
        status,
        config,
        reasons,
        data.with(table),
        environment,
        command,
        epochs,
        keptEpoch,
        test,
        parameters,
        parametersSha256,
        notices,
        events,
        firstSteps);
  }

  /** The same run with how gradient descent began. */
  public RunRecord withFirstSteps(FirstSteps other) {
    return new RunRecord(
        status,
        config,
        reasons,
        data,
        environment,
        command,
        epochs,
        keptEpoch,
        test,
        parameters,
        parametersSha256,
        notices,
        events,
        other);
  }

  /** The epoch that ended with these parameters; none when no epoch ended. */
  public Optional<EpochRecord> kept() {
    return keptEpoch == 0 ? Optional.empty() : Optional.of(epochs.get(keptEpoch - 1));
  }

  /** The first epoch with the best validation, by {@link Score#merit}; none when no epoch ended. */
  public Optional<EpochRecord> best() {
    return epochs.stream()
        .max(
            Comparator.comparingDouble((EpochRecord e) -> e.validation().merit())
                .thenComparing(EpochRecord::epoch, Comparator.reverseOrder()));
  }
}
