package org.shardmean.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.shardmean.run.RunDirectory;

/**
 * Runs a grid's points, one after another, in an order drawn at random. Points that are done are
 * passed over; one that fails is recorded and the grid goes on.
 */
public final class GridRun {
  private final GridDirectory directory;
  private final Runner runner;
  private final Listener listener;

  /** Runs one point. */
  public interface Runner {
    /**
     * Makes ready for points of so many cores: the cluster, and a run whose figures nobody keeps,
     * so that no point pays for what the first one in a JVM pays.
     *
     * @param cores as {@link GridPoint.Setup#cores}
     */
    void prepare(int cores) throws Exception;

    /** Runs a point and writes its full record, {@code result.json} last. */
    void run(GridPoint point, RunDirectory into) throws Exception;

    /** Whether another point could be run; when not, the grid ends where it stands. */
    boolean canGoOn();
  }

  /** Hears of every point. */
  public interface Listener {
    /**
     * A point is over.
     *
     * @param number from 1
     * @param ranNow whether it was run now, rather than before an interruption
     */
    void pointEnded(int number, int of, PointRecord record, boolean ranNow);
  }

  public GridRun(GridDirectory directory, Runner runner, Listener listener) {
    this.directory = directory;
    this.runner = runner;
    this.listener = listener;
  }

  /** All points' records, in the order they were run. */
  public List<PointRecord> run(Grid grid) throws Exception {
    List<PointRecord> records = new ArrayList<>();
    List<GridPoint> points = grid.inRandomOrder();
    OptionalInt preparedFor = OptionalInt.empty();
    for (GridPoint point : points) {
      Optional<PointRecord> before = directory.find(point);
      int cores = point.setup().cores();
      if (before.isEmpty() && (preparedFor.isEmpty() || preparedFor.getAsInt() != cores)) {
        runner.prepare(cores);
        preparedFor = OptionalInt.of(cores);
      }
      PointRecord record = before.isPresent() ? before.get() : run(point);
      records.add(record);
      listener.pointEnded(records.size(), points.size(), record, before.isEmpty());
    }
    return records;
  }

  private PointRecord run(GridPoint point) throws Exception {
    try {
      runner.run(point, directory.make(point));
      return directory
          .find(point)
          .orElseThrow(() -> new IOException(point + " left no " + RunDirectory.RESULT));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      if (!runner.canGoOn()) {
        throw e;
      }
      String problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("").trim();
      directory.fail(point, problem);
      return PointRecord.failed(
          point, problem.isEmpty() ? e.getClass().getSimpleName() : problem, Fingerprint.UNKNOWN);
    }
  }
}
