package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.run.RunDirectory;
import org.shardmean.run.RunListener;

/** Trains a grid's points as {@code train} would. */
public final class GridTrainer implements GridRun.Runner {
  private static final int WARM_UP_EPOCHS = 2;

  private final GridPlan plan;
  private final GridCluster cluster;
  private final RunListener listener;

  /**
   * @param listener hears of every point's run, but not of the short ones that go before
   */
  public GridTrainer(GridPlan plan, GridCluster cluster, RunListener listener) {
    this.plan = requireNonNull(plan, "plan");
    this.cluster = requireNonNull(cluster, "cluster");
    this.listener = requireNonNull(listener, "listener");
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
    plan.training(point).listener(listener).run(cluster.spark(), cluster.cluster()).saveTo(into);
  }

  @Override
  public boolean canGoOn() {
    return cluster.isAlive();
  }
}
