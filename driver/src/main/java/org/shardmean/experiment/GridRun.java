package org.shardmean.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Function;
import org.shardmean.report.SavedResult;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunDirectory;

/**
 * Runs a grid's points, one after another, in an order drawn at random. Points that are done are
 * passed over; one that fails is recorded, and the grid goes on.
 */
public final class GridRun {
  private static final int SHOWN = 6;

  private final GridDirectory directory;
  private final Runner runner;
  private final Listener listener;

  /** Runs one point. */
  public interface Runner {
    /**
     * Makes ready for points of so many cores.
     *
     * @param cores as {@link GridPoint.Setup#cores}
     */
    void prepare(int cores) throws Exception;

    /** Runs a point and writes its run folder, {@code result.json} last. */
    void run(GridPoint point, RunDirectory into) throws Exception;

    /** Whether another point could be run; when not, the grid ends where it stands. */
    boolean canGoOn();
  }

  /** Hears of every point. */
  public interface Listener {
    /**
     * An earlier start of the grid was interrupted, or its file had fewer points.
     *
     * @param done points that are not run again, at least 1
     */
    default void goesOn(int done, int of) {}

    /**
     * A point is over.
     *
     * @param number from 1
     * @param ranNow whether it was run now, rather than before an interruption
     */
    void pointEnded(int number, int of, PointRecord record, boolean ranNow) throws IOException;
  }

  public GridRun(GridDirectory directory, Runner runner, Listener listener) {
    this.directory = directory;
    this.runner = runner;
    this.listener = listener;
  }

  /**
   * Runs what is not done yet.
   *
   * @param expected what each point's figures will depend on
   * @return all points' records, in the order of the runs
   * @throws ConfigurationException before anything is run, if a point that is done depends on
   *     something else
   */
  public List<PointRecord> run(Grid grid, Function<GridPoint, Fingerprint> expected)
      throws Exception {
    List<GridPoint> points = grid.inRandomOrder();
    Map<GridPoint, PointRecord> done = done(points, expected);
    refuseUnlike(done, expected);
    if (!done.isEmpty()) {
      listener.goesOn(done.size(), points.size());
    }
    List<PointRecord> records = new ArrayList<>();
    OptionalInt prepared = OptionalInt.empty();
    for (GridPoint point : points) {
      boolean runsNow = !done.containsKey(point);
      int cores = point.setup().cores();
      if (runsNow && (prepared.isEmpty() || prepared.getAsInt() != cores)) {
        runner.prepare(cores);
        prepared = OptionalInt.of(cores);
      }
      records.add(runsNow ? run(point, expected.apply(point)) : done.get(point));
      listener.pointEnded(records.size(), points.size(), records.get(records.size() - 1), runsNow);
    }
    return records;
  }

  private Map<GridPoint, PointRecord> done(
      List<GridPoint> points, Function<GridPoint, Fingerprint> expected) throws IOException {
    Map<GridPoint, PointRecord> done = new HashMap<>();
    for (GridPoint point : points) {
      Optional<SavedResult> saved = directory.find(point);
      if (saved.isPresent()) {
        try {
          done.put(point, record(point, saved.get(), expected.apply(point)));
        } catch (IllegalArgumentException noRecordOfARun) {
          // The point is run again, as where its file was cut.
        }
      }
    }
    return done;
  }

  private static PointRecord record(GridPoint point, SavedResult saved, Fingerprint expected) {
    Fingerprint found = Fingerprint.of(saved, expected.chosen());
    return PointRecord.of(point, saved, point.setup().cores() > 0 ? found.ofCores() : found);
  }

  /** Points of other settings, another commit or another cluster make no grid together. */
  private void refuseUnlike(
      Map<GridPoint, PointRecord> done, Function<GridPoint, Fingerprint> expected) {
    TreeSet<String> differences = new TreeSet<>();
    int unlike = 0;
    for (PointRecord record : done.values()) {
      List<String> own = expected.apply(record.point()).differences(record.fingerprint());
      differences.addAll(own);
      unlike += own.isEmpty() ? 0 : 1;
    }
    if (unlike > 0) {
      String more =
          differences.size() > SHOWN ? " and %d more".formatted(differences.size() - SHOWN) : "";
      throw new ConfigurationException(
          "--out %s: expected runs like those of this grid, found %d that differ in: %s%s; give another --out"
              .formatted(
                  directory.files(),
                  unlike,
                  String.join(", ", differences.stream().limit(SHOWN).toList()),
                  more));
    }
  }

  private PointRecord run(GridPoint point, Fingerprint expected) throws Exception {
    try {
      runner.run(point, directory.make(point));
      SavedResult saved =
          directory
              .find(point)
              .orElseThrow(() -> new IOException(point + " left no " + RunDirectory.RESULT));
      return record(point, saved, expected);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      if (!runner.canGoOn()) {
        throw e;
      }
      String problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("").trim();
      directory.fail(point, problem);
      return PointRecord.failed(
          point, problem.isEmpty() ? e.getClass().getSimpleName() : problem, expected);
    }
  }
}
