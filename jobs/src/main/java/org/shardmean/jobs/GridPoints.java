package org.shardmean.jobs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.experiment.GridPoint;
import org.shardmean.experiment.GridRun;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunDirectory;
import org.shardmean.run.RunListener;
import org.shardmean.spark.Cluster;
import org.shardmean.spark.TrainingRun;

/** Runs a grid's points as {@code train} would run them. */
final class GridPoints implements GridRun.Runner {
  private static final int SAMPLES = 40;
  private static final int WARM_UP_EPOCHS = 2;

  private final GivenSettings defaults;
  private final GridFile file;
  private final GridCluster cluster;
  private final Map<String, DataLoading.Loaded> loaded = new HashMap<>();

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
        configs.add(resolve(point, 0).config());
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
    TrainingRun.Finished finished = run(point, 0);
    RunFiles.write(into, finished, TrainingRun.samples(load(point).dataset().train(), SAMPLES));
  }

  @Override
  public boolean canGoOn() {
    return cluster.isAlive();
  }

  /**
   * @param epochs 0 for as many as the experiment says
   */
  private TrainingRun.Finished run(GridPoint point, int epochs) {
    JavaSparkContext spark = cluster.spark();
    Cluster slots = cluster.cluster();
    DataLoading.Loaded data = load(point);
    ResolvedRun resolved = resolve(point, epochs);
    return new TrainingRun(spark, slots, RunListener.NONE)
        .run(
            data.dataset(),
            resolved.config(),
            new TrainingRun.Circumstances(
                resolved.reasons(),
                data.notice().stream().toList(),
                RunEnvironment.of(spark, slots),
                ReproducingCommand.of(resolved.config())));
  }

  private ResolvedRun resolve(GridPoint point, int epochs) {
    TrainOptions options = new TrainOptions(given(point, epochs));
    DataLoading.Loaded data = load(point);
    return options.resolve(
        data.option(), TrainJob.shape(data.dataset(), options), Math.max(1, point.setup().cores()));
  }

  private DataLoading.Loaded load(GridPoint point) {
    TrainOptions options = new TrainOptions(given(point, 0));
    DataLoading loading =
        new DataLoading(cluster.spark().hadoopConfiguration(), System.getenv(), System.err);
    if (options.data().startsWith("generated")) {
      return loading.loadThat(options.data(), options.mnistPath(), options.seed());
    }
    return loaded.computeIfAbsent(
        options.data(), data -> loading.loadThat(data, options.mnistPath(), options.seed()));
  }

  private GivenSettings given(GridPoint point, int epochs) {
    GridPoint.Setup setup = point.setup();
    Map<String, Written> own = new HashMap<>();
    put(own, OuterSettings.WORKERS, setup.workers(), point);
    put(own, OuterSettings.ROUNDS_PER_EPOCH, setup.roundsPerEpoch(), point);
    put(own, TrainingSettings.BATCH_SIZE, setup.batchSize(), point);
    put(own, TrainingSettings.ENGINE, ValueReader.written(setup.engine()), point);
    put(own, DataSettings.DATA, setup.data(), point);
    put(own, TrainingSettings.SEED, point.seed(), point);
    put(own, OutputSettings.NAME, file.grid().name() + " " + point.id(), point);
    if (epochs > 0) {
      put(own, TrainingSettings.EPOCHS, epochs, point);
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
