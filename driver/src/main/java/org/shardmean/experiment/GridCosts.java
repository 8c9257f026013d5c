package org.shardmean.experiment;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.experiment.statistics.Interval;
import org.shardmean.experiment.statistics.RoundTimeModel;
import org.shardmean.experiment.statistics.RoundTimeModel.Prediction;
import org.shardmean.experiment.statistics.RoundTimeModel.Wire;
import org.shardmean.run.RunConfig;
import org.shardmean.run.Sentence;

/**
 * What an epoch takes by the points of a grid: by a model of their rounds, for each engine, batch
 * size and network that was measured.
 *
 * @param saved the grid's points
 * @param bitsPerSecond of the driver's link; 0 for that of the measured cluster
 */
public record GridCosts(SavedPoints saved, double bitsPerSecond) implements EpochCosts {
  /** A prediction whose range spans more than this factor says nothing. */
  private static final double WIDEST_RANGE = 10;

  @Override
  public Cost of(RunConfig config, int cores, long images) {
    Map<String, String> asked = GridPlan.settingsOf(config);
    List<PointRecord> alike =
        saved.points().stream()
            .filter(PointRecord::isDone)
            .filter(point -> isAlike(point.point().setup(), asked))
            .toList();
    List<ClusterModel> models = ClusterModel.of(alike);
    return models.isEmpty()
        ? Cost.unknown(missing(asked, alike))
        : predict(models.get(0), config, cores, images);
  }

  /** The model that tells a configuration's costs, in words; empty where there is none. */
  public String basis(RunConfig config) {
    Map<String, String> asked = GridPlan.settingsOf(config);
    return ClusterModel.of(
            saved.points().stream().filter(point -> isAlike(point.point().setup(), asked)).toList())
        .stream()
        .map(ClusterModel::sentence)
        .collect(Collectors.joining());
  }

  private Cost predict(ClusterModel model, RunConfig config, int cores, long images) {
    int workers = config.averaging().workers();
    int rounds = config.averaging().roundsPerEpoch();
    Wire wire =
        bitsPerSecond > 0 ? new Wire(8 / bitsPerSecond, saved.crossedANetwork()) : Wire.AS_MEASURED;
    Prediction epoch = model.epoch(workers, cores, rounds, images, wire);
    Interval likely = epoch.likely();
    return likely.high() > WIDEST_RANGE * likely.low()
        ? Cost.unknown(
            "the times of the grid's points differ too much to tell: an epoch may take %.3g to %.3g s; run the grid again while nothing else runs, with more repeats"
                .formatted(likely.low(), likely.high()))
        : Cost.of(epoch.seconds(), likely);
  }

  private String missing(Map<String, String> asked, List<PointRecord> alike) {
    String wanted = described(asked);
    if (!alike.isEmpty()) {
      long setups = alike.stream().map(point -> point.point().setup()).distinct().count();
      return "the grid has %s with %s; a model needs %d, such as %d numbers of workers"
          .formatted(
              Sentence.counted(setups, "setup"),
              wanted,
              RoundTimeModel.LEAST_SETUPS,
              RoundTimeModel.LEAST_SETUPS);
    }
    List<String> absent =
        ClusterModel.COMMON.stream()
            .filter(name -> !measured(name).contains(asked.get(name)))
            .map(
                name ->
                    "%s %s (they have %s)"
                        .formatted(name, asked.get(name), String.join(", ", measured(name))))
            .toList();
    return "no points of the grid have "
        + (absent.isEmpty() ? wanted + " together" : String.join(" and ", absent));
  }

  /** A setting's values in all points, without repetition. */
  private SortedSet<String> measured(String setting) {
    return saved.points().stream()
        .map(point -> point.point().setup().settings().get(setting))
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isAlike(Setup setup, Map<String, String> asked) {
    return ClusterModel.COMMON.stream()
        .allMatch(name -> asked.get(name).equals(setup.settings().get(name)));
  }

  private static String described(Map<String, String> settings) {
    return ClusterModel.COMMON.stream()
        .map(name -> name + " " + settings.get(name))
        .collect(Collectors.joining(", "));
  }
}
