package org.shardmean.jobs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shardmean.RunResult;
import org.shardmean.Training;
import org.shardmean.data.Dataset;
import org.shardmean.experiment.GridPoint;
import org.shardmean.experiment.GridRun;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunDirectory;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.Setting;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.ValueReader;
import org.shardmean.settings.Written;

/** Runs a grid's points as {@code train} would run them. */
final class GridPoints implements GridRun.Runner {
  private static final int WARM_UP_EPOCHS = 2;

  private final GivenSettings defaults;
  private final GridFile file;
  private final GridCluster cluster;
  private final Map<String, Dataset> loaded = new HashMap<>();

  GridPoints(GivenSettings defaults, GridFile file, GridCluster cluster) {
    this.defaults = defaults;
    this.file = file;
    this.cluster = cluster;
  }

  /**
   * Resolves every setup once, so that what cannot be run is said before anything is.
   *
   * @return the first point's configuration
   * @throws ConfigurationException with everything that cannot be run
   */
  RunConfig check() {
    Set<String> problems = new LinkedHashSet<>();
    List<RunConfig> configs = new ArrayList<>();
    for (GridPoint.Setup setup : file.grid().setups()) {
      try {
        GridPoint point = new GridPoint(setup, file.grid().seeds().get(0), 1);
        configs.add(training(point, 0).resolve(Math.max(1, setup.cores())).config());
      } catch (ConfigurationException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(List.copyOf(problems));
    }
    return configs.get(0);
  }

  @Override
  public void prepare(int cores) {
    cluster.withCores(cores);
    Set<Object> warm = new LinkedHashSet<>();
    for (GridPoint point : file.grid().points()) {
      GridPoint.Setup setup = point.setup();
      if (setup.cores() == cores
          && warm.add(List.of(setup.engine(), setup.batchSize(), setup.workers()))) {
        warmUp(point);
      }
    }
  }

  /** A setup that cannot be run fails as a point, where it is recorded, not here. */
  private void warmUp(GridPoint point) {
    try {
      run(point, WARM_UP_EPOCHS);
    } catch (RuntimeException e) {
      if (!canGoOn()) {
        throw e;
      }
    }
  }

  @Override
  public void run(GridPoint point, RunDirectory into) throws Exception {
    run(point, 0).saveTo(into);
  }

  @Override
  public boolean canGoOn() {
    return cluster.isAlive();
  }

  /**
   * @param epochs 0 for as many as the experiment says
   */
  private RunResult run(GridPoint point, int epochs) {
    return training(point, epochs).run(cluster.spark(), cluster.cluster());
  }

  private Training training(GridPoint point, int epochs) {
    return Training.of(load(point)).settings(given(point, epochs));
  }

  private Dataset load(GridPoint point) {
    GivenSettings settings = given(point, 0);
    DataLoading loading =
        new DataLoading(cluster.spark().hadoopConfiguration(), System.getenv(), System.err);
    if (settings.get(TrainSettings.DATA).startsWith("generated")) {
      return loading.loadThat(settings);
    }
    return loaded.computeIfAbsent(
        settings.get(TrainSettings.DATA), data -> loading.loadThat(settings));
  }

  private GivenSettings given(GridPoint point, int epochs) {
    GridPoint.Setup setup = point.setup();
    Map<String, Written> own = new HashMap<>();
    put(own, TrainSettings.WORKERS, setup.workers(), point);
    put(own, TrainSettings.ROUNDS_PER_EPOCH, setup.roundsPerEpoch(), point);
    put(own, TrainSettings.BATCH_SIZE, setup.batchSize(), point);
    put(own, TrainSettings.ENGINE, ValueReader.written(setup.engine()), point);
    put(own, TrainSettings.DATA, setup.data(), point);
    put(own, TrainSettings.SEED, point.seed(), point);
    put(own, TrainSettings.NAME, file.grid().name() + " " + point.id(), point);
    if (epochs > 0) {
      put(own, TrainSettings.EPOCHS, epochs, point);
    }
    return defaults.under(file.fixed()).under(own);
  }

  private static void put(
      Map<String, Written> settings, Setting<?> setting, Object value, GridPoint point) {
    settings.put(
        setting.name(),
        new Written(String.valueOf(value), "point " + point.id() + ": " + setting.name()));
  }
}
