package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunConfig;
import org.shardmean.settings.DataShape;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.ResolvedRun;
import org.shardmean.settings.Slots;
import org.shardmean.settings.TrainSettings;

/**
 * A training as {@code train} would resolve it, beside the same training with fewer and with more
 * workers.
 */
public final class PlannedTraining {
  private final ResolvedRun asked;
  private final SortedMap<Integer, RunConfig> configs;
  private final DataShape data;
  private final IntUnaryOperator cores;

  private PlannedTraining(
      ResolvedRun asked,
      SortedMap<Integer, RunConfig> configs,
      DataShape data,
      IntUnaryOperator cores) {
    this.asked = requireNonNull(asked, "asked");
    this.configs = configs;
    this.data = requireNonNull(data, "data");
    this.cores = requireNonNull(cores, "cores");
  }

  /**
   * Resolves the training.
   *
   * @param slots what the number of workers follows where it is not given
   * @param cores the task slots that a number of workers would have
   * @throws ConfigurationException if the settings do not fit the data
   */
  public static PlannedTraining of(
      GivenSettings given, DataShape data, Slots slots, IntUnaryOperator cores) {
    ResolvedRun asked = ResolvedRun.of(given, data, slots);
    int workers = asked.config().averaging().workers();
    SortedMap<Integer, RunConfig> configs = new TreeMap<>(Map.of(workers, asked.config()));
    for (int other : around(workers, cores.applyAsInt(workers))) {
      if (other != workers) {
        fitting(given, other, data, slots).ifPresent(config -> configs.put(other, config));
      }
    }
    return new PlannedTraining(asked, configs, data, cores);
  }

  /** One worker, half as many, one for each core, and twice as many. */
  private static Set<Integer> around(int workers, int cores) {
    return new TreeSet<>(List.of(1, Math.max(1, workers / 2), cores, 2 * workers));
  }

  /** None where that many workers do not fit the data. */
  private static Optional<RunConfig> fitting(
      GivenSettings given, int workers, DataShape data, Slots slots) {
    try {
      GivenSettings with = given.under(TrainSettings.WORKERS, workers, "workers");
      return Optional.of(ResolvedRun.of(with, data, slots).config());
    } catch (ConfigurationException doesNotFit) {
      return Optional.empty();
    }
  }

  /** Every setting of the training, with a reason for each that was derived. */
  public ResolvedRun asked() {
    return asked;
  }

  /** All batch sizes, whatever the workers. */
  public List<Integer> batchSizes() {
    return configs.values().stream()
        .map(config -> config.local().batchSize())
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * What it would take with each number of workers.
   *
   * @param known points that were run; where they have exactly the same settings and as many
   *     images, their accuracy is told
   */
  public Forecast forecast(EpochCosts costs, List<PointRecord> known) {
    List<Forecast.Row> rows =
        configs.values().stream().map(config -> row(config, costs, known)).toList();
    int at = List.copyOf(configs.keySet()).indexOf(asked.config().averaging().workers());
    return new Forecast(rows, rows.get(at));
  }

  private Forecast.Row row(RunConfig config, EpochCosts costs, List<PointRecord> known) {
    Map<String, String> settings = GridPlan.settingsOf(config);
    int slots = cores.applyAsInt(config.averaging().workers());
    double[] accuracies =
        known.stream()
            .filter(PointRecord::isDone)
            .filter(point -> point.trainExamples() == data.trainExamples())
            .filter(point -> point.point().setup().settings().equals(settings))
            .mapToDouble(PointRecord::finalAccuracy)
            .toArray();
    return new Forecast.Row(
        config,
        slots,
        costs.of(config, slots, data.trainExamples()),
        accuracies.length == 0
            ? Optional.empty()
            : Optional.of(SetupAccuracy.Figure.of(accuracies)));
  }
}
