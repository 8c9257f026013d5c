package org.shardmean.experiment;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.experiment.statistics.RoundTimeModel.Prediction;
import org.shardmean.experiment.statistics.RoundTimeModel.RoundPlanned;
import org.shardmean.run.RunConfig;

/**
 * What an epoch takes by the points of a grid: by a model of their rounds, for each engine, batch
 * size and network that was measured.
 *
 * @param saved the grid's points
 * @param bitsPerSecond of the driver's link; 0 for that of the measured cluster
 */
public record GridCosts(SavedPoints saved, double bitsPerSecond) implements EpochCosts {
  /** What rounds of one model have in common. */
  private static final List<String> COMMON = List.of("engine", "batch-size", "layers", "optimizer");

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
    RoundPlanned planned =
        new RoundPlanned(
            (double) images / workers / rounds, workers, cores, model.bytesPerWorker());
    Prediction round =
        bitsPerSecond > 0
            ? model.rounds().predict(planned, 8 / bitsPerSecond, saved.crossedANetwork())
            : model.rounds().predict(planned);
    Prediction epoch = round.times(rounds);
    return Cost.of(epoch.seconds(), epoch.likely());
  }

  private String missing(Map<String, String> asked, List<PointRecord> alike) {
    String wanted = described(asked);
    if (!alike.isEmpty()) {
      return "the grid has one setup with %s; a model needs two, such as two numbers of workers"
          .formatted(wanted);
    }
    TreeSet<String> measured = new TreeSet<>();
    saved.points().forEach(point -> measured.add(described(point.point().setup().settings())));
    return "the grid has no points with %s, but with %s"
        .formatted(wanted, String.join("; ", measured));
  }

  private static boolean isAlike(Setup setup, Map<String, String> asked) {
    return COMMON.stream().allMatch(name -> asked.get(name).equals(setup.settings().get(name)));
  }

  private static String described(Map<String, String> settings) {
    return COMMON.stream()
        .map(name -> name + " " + settings.get(name))
        .collect(Collectors.joining(", "));
  }
}
