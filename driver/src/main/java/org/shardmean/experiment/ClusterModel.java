package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.experiment.statistics.HeldOut;
import org.shardmean.experiment.statistics.RoundObservation;
import org.shardmean.experiment.statistics.RoundTimeModel;
import org.shardmean.experiment.statistics.Spread;
import org.shardmean.train.EngineKind;

/**
 * What rounds cost with one engine and batch size, fitted to the points of a grid.
 *
 * @param bytesPerWorker of state, out and back
 * @param heldOut relative errors when each setup in turn is predicted from the others
 */
public record ClusterModel(
    EngineKind engine,
    int batchSize,
    double bytesPerWorker,
    RoundTimeModel rounds,
    Optional<Spread> heldOut) {
  private static final long SEED = 7;

  public ClusterModel {
    requireNonNull(engine, "engine");
    requireNonNull(rounds, "rounds");
    requireNonNull(heldOut, "heldOut");
  }

  /** A model for each engine and batch size with at least two setups that were run. */
  public static List<ClusterModel> of(List<PointRecord> points) {
    Map<List<Object>, List<PointRecord>> groups = new LinkedHashMap<>();
    points.stream()
        .filter(PointRecord::isDone)
        .sorted(Comparator.comparing(record -> record.point().id()))
        .forEach(
            record -> {
              Setup setup = record.point().setup();
              groups
                  .computeIfAbsent(
                      List.of(setup.engine(), setup.batchSize()), none -> new ArrayList<>())
                  .add(record);
            });
    return groups.values().stream()
        .filter(group -> observations(group).size() > 1)
        .map(ClusterModel::ofGroup)
        .toList();
  }

  private static ClusterModel ofGroup(List<PointRecord> group) {
    List<RoundObservation> fastest = observations(group);
    Setup setup = group.get(0).point().setup();
    return new ClusterModel(
        setup.engine(),
        setup.batchSize(),
        group.get(0).round().bytesPerWorker(),
        RoundTimeModel.of(group.stream().map(PointRecord::round).toList(), SEED),
        HeldOut.errors(fastest));
  }

  /** For each setup its fastest round: what was not disturbed, as far as was measured. */
  private static List<RoundObservation> observations(List<PointRecord> group) {
    Map<Setup, List<PointRecord>> setups = new LinkedHashMap<>();
    group.forEach(
        record ->
            setups.computeIfAbsent(record.point().setup(), none -> new ArrayList<>()).add(record));
    List<RoundObservation> fastest = new ArrayList<>();
    for (List<PointRecord> runs : setups.values()) {
      RoundObservation any = runs.get(0).round();
      double[] seconds = runs.stream().mapToDouble(run -> run.round().seconds()).toArray();
      fastest.add(
          new RoundObservation(
              any.imagesPerWorker(),
              any.workers(),
              any.cores(),
              any.bytesPerWorker(),
              Spread.of(seconds).least()));
    }
    return fastest;
  }

  /** The model in a line, with its error on what it was not fitted to. */
  public String sentence() {
    RoundTimeModel.Costs c = rounds.fit();
    return String.format(
        Locale.ROOT,
        "A round takes %.2f µs an image of a core + %.1f ms + %.2f ms a worker (engine %s, batch %d)%s",
        c.image() * 1e6,
        c.latency() * 1e3,
        (c.message() + c.perByte() * bytesPerWorker) * 1e3,
        engine.name().toLowerCase(Locale.ROOT),
        batchSize,
        heldOut
            .map(
                error ->
                    String.format(
                        Locale.ROOT,
                        "; setups left out of the fit were predicted within %.0f%% (median %.0f%%).",
                        100 * error.most(),
                        100 * error.median()))
            .orElse("; too few setups to leave one out and predict it."));
  }
}
