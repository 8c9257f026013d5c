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
import org.shardmean.report.Texts;
import org.shardmean.run.RunConfig;

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
        ? Cost.unknown(t -> missing(t, asked, alike))
        : predict(models.get(0), config, cores, images);
  }

  /** The model that tells a configuration's costs, in words; empty where there is none. */
  public String basis(RunConfig config, Texts t) {
    Map<String, String> asked = GridPlan.settingsOf(config);
    return ClusterModel.of(
            saved.points().stream().filter(point -> isAlike(point.point().setup(), asked)).toList())
        .stream()
        .map(model -> model.sentence(t))
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
            t ->
                t.text(
                    "said.tooWide",
                    t.number("%.3g", likely.low()),
                    t.number("%.3g", likely.high())))
        : Cost.of(epoch.seconds(), likely);
  }

  private String missing(Texts t, Map<String, String> asked, List<PointRecord> alike) {
    String wanted = described(asked);
    if (!alike.isEmpty()) {
      long setups = alike.stream().map(point -> point.point().setup()).distinct().count();
      return t.counted("said.fewSetups", setups, wanted, RoundTimeModel.LEAST_SETUPS);
    }
    return ClusterModel.COMMON.stream()
        .filter(name -> !measured(name).contains(asked.get(name)))
        .map(
            name ->
                t.text("said.settingHas", name, asked.get(name), String.join(", ", measured(name))))
        .reduce((before, next) -> t.text("said.and", before, next))
        .map(absent -> t.text("said.noPoints", absent))
        .orElseGet(() -> t.text("said.noPointsTogether", wanted));
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
