package org.shardmean.experiment;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.run.RunDirectory;

/** Trains a grid's points as {@code train} would. */
public final class GridTrainer implements GridRun.Runner {
  private static final int WARM_UP_EPOCHS = 2;

  private final GridPlan plan;
  private final GridCluster cluster;

  public GridTrainer(GridPlan plan, GridCluster cluster) {
    this.plan = plan;
    this.cluster = cluster;
  }

  /**
   * {@inheritDoc} The first runs of an application are slower, because its JVMs are still
   * compiling: a short run of each kind of setup goes before them, and is not kept.
   */
  @Override
  public void prepare(int cores) {
    cluster.withCores(cores);
    Set<Object> kinds = new LinkedHashSet<>();
    for (GridPoint point : plan.grid().points()) {
      Setup setup = point.setup();
      List<Object> kind =
          List.of(
              setup.engine(),
              setup.batchSize(),
              setup.workers(),
              setup.settings().get("layers"),
              setup.data());
      if (setup.cores() == cores && kinds.add(kind)) {
        warmUp(point);
      }
    }
  }

  /** A setup that cannot be trained fails as a point, where it is recorded, and not here. */
  private void warmUp(GridPoint point) {
    try {
      plan.warmUp(point, WARM_UP_EPOCHS).run(cluster.spark(), cluster.cluster());
    } catch (RuntimeException e) {
      if (!canGoOn()) {
        throw e;
      }
    }
  }

  @Override
  public void run(GridPoint point, RunDirectory into) {
    plan.training(point).run(cluster.spark(), cluster.cluster()).saveTo(into);
  }

  @Override
  public boolean canGoOn() {
    return cluster.isAlive();
  }
}
