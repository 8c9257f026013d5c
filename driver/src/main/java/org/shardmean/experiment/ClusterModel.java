package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.experiment.statistics.Round;
import org.shardmean.experiment.statistics.RoundTimeModel;
import org.shardmean.experiment.statistics.RoundTimeModel.Prediction;
import org.shardmean.experiment.statistics.RoundTimeModel.Run;
import org.shardmean.experiment.statistics.RoundTimeModel.Wire;
import org.shardmean.report.Texts;
import org.shardmean.settings.ValueReader;
import org.shardmean.train.EngineKind;

/**
 * What rounds cost with one engine, batch size, network and optimizer, fitted to the points of a
 * grid.
 *
 * @param layers the network, as {@code --layers} takes it
 * @param bytesPerTask of state that a round moves for each worker that trains at the same time, in
 *     the largest setup
 */
public record ClusterModel(
    EngineKind engine, int batchSize, String layers, double bytesPerTask, RoundTimeModel rounds) {
  /** Settings that the rounds of one model have in common. */
  static final List<String> COMMON = List.of("engine", "batch-size", "layers", "optimizer");

  public ClusterModel {
    requireNonNull(engine, "engine");
    requireNonNull(layers, "layers");
    requireNonNull(rounds, "rounds");
  }

  /** A model for each combination of those settings of which enough setups were run. */
  public static List<ClusterModel> of(List<PointRecord> points) {
    Map<List<String>, List<PointRecord>> groups = new LinkedHashMap<>();
    points.stream()
        .filter(PointRecord::isDone)
        .sorted(Comparator.comparing(record -> record.point().id()))
        .forEach(
            record ->
                groups
                    .computeIfAbsent(common(record.point().setup()), none -> new ArrayList<>())
                    .add(record));
    return groups.values().stream()
        .filter(group -> runs(group).size() >= RoundTimeModel.LEAST_SETUPS)
        .map(ClusterModel::ofGroup)
        .toList();
  }

  /** The model of the setups that have those settings like this one. */
  static Optional<ClusterModel> of(List<PointRecord> points, Setup alike) {
    return of(
            points.stream()
                .filter(record -> common(record.point().setup()).equals(common(alike)))
                .toList())
        .stream()
        .findFirst();
  }

  /**
   * What an epoch takes.
   *
   * @param rounds an epoch
   * @param images of the epoch, at least one for each worker
   */
  Prediction epoch(int workers, int cores, int rounds, long images, Wire wire) {
    Round round =
        new Round(
            (double) images / workers / rounds,
            workers,
            cores,
            Math.min(workers, cores) * bytesPerTask);
    return this.rounds.predict(round, wire).times(rounds);
  }

  private static List<String> common(Setup setup) {
    return COMMON.stream().map(name -> setup.settings().getOrDefault(name, "")).toList();
  }

  private static ClusterModel ofGroup(List<PointRecord> group) {
    Setup setup = group.get(0).point().setup();
    Round largest =
        group.stream()
            .map(record -> record.round().round())
            .max(Comparator.comparingInt(Round::atOnce))
            .orElseThrow();
    return new ClusterModel(
        setup.engine(),
        setup.batchSize(),
        setup.settings().getOrDefault("layers", ""),
        largest.bytes() / largest.atOnce(),
        RoundTimeModel.of(runs(group)));
  }

  /** The runs of each setup. */
  private static Map<Setup, List<Run>> runs(List<PointRecord> group) {
    Map<Setup, List<Run>> setups = new LinkedHashMap<>();
    for (PointRecord record : group) {
      setups.computeIfAbsent(record.point().setup(), none -> new ArrayList<>()).add(record.round());
    }
    return setups;
  }

  /** The model in a line, with its error on setups that it was not fitted to. */
  public String sentence(Texts t) {
    RoundTimeModel.Costs costs = rounds.fit();
    return t.text(
        "said.model",
        ValueReader.written(engine),
        batchSize,
        t.number("%.1f", costs.latency() * 1e3),
        t.number("%.2f", costs.perByte() * bytesPerTask * 1e3),
        t.number("%.2f", costs.image() * 1e6),
        t.number("%.0f", 100 * rounds.errors().most()),
        t.number("%.0f", 100 * rounds.errors().median()));
  }
}
