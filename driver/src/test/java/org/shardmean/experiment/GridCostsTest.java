package org.shardmean.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.shardmean.experiment.SampleGrids.ENGLISH;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shardmean.experiment.EpochCosts.Cost;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.report.SampleRuns;
import org.shardmean.run.DataRecord;
import org.shardmean.run.RunConfig;
import org.shardmean.run.TimeSplit;

/** Figures by hand: 10 µs an image, 20 ms a round, 1 MB for each worker at 2 ms. */
class GridCostsTest {
  private static final RunConfig CONFIG = SampleRuns.fiveEpochs().config();
  private static final int IMAGES = 60_000;
  private static final double BYTES = 1e6;

  /** 1,875 images each, 18.75 ms; 20 ms; 8 x 2 ms; four rounds. */
  @Test
  void anEpochByHand() {
    Cost epoch = costs("local[8]", 0).of(config(8, 4), 8, IMAGES);

    assertEquals(4 * 0.05475, epoch.seconds(), 1e-9);
    assertTrue(epoch.range().orElseThrow().contains(epoch.seconds()));
  }

  /** 16 workers take turns on 8 cores: as many images a core, and as many tasks, as 8 workers. */
  @Test
  void workersBeyondTheCoresTakeTurns() {
    assertEquals(4 * 0.05475, costs("local[8]", 0).of(config(16, 4), 8, IMAGES).seconds(), 1e-9);
  }

  /** 8 MB at 80 Mbit/s take 0.8 s: besides the 16 ms measured, or instead of them. */
  @Test
  void aSlowLinkByHand() {
    Cost onTop = costs("local[8]", 80e6).of(config(8, 4), 8, IMAGES);
    Cost instead = costs("spark://head:7077", 80e6).of(config(8, 4), 8, IMAGES);

    assertEquals(4 * (0.05475 + 0.8), onTop.seconds(), 1e-9);
    assertEquals(4 * (0.05475 + 0.8 - 0.016), instead.seconds(), 1e-9);
  }

  /** It used to promise 0.05 s for any number of workers, from points that differed fourfold. */
  @Test
  void timesThatDifferTooMuchPromiseNothing() {
    List<PointRecord> noisy = new ArrayList<>();
    double[] seconds = {0.9, 0.05, 2.5, 0.02, 0.3, 4};
    for (PointRecord point : points()) {
      noisy.add(withSeconds(point, seconds[noisy.size()]));
    }

    Cost epoch = new GridCosts(saved(noisy, "local[8]"), 0).of(config(64, 2), 8, 1_000_000);

    assertFalse(epoch.isKnown());
    assertTrue(
        unknown(epoch).startsWith("the times of the grid's points differ too much to tell: "),
        unknown(epoch));
  }

  private static PointRecord withSeconds(PointRecord point, double seconds) {
    return point(
        Integer.parseInt(point.point().setup().settings().get("workers")),
        Integer.parseInt(point.point().setup().settings().get("rounds-per-epoch")),
        seconds);
  }

  @Test
  void tooFewSetupsAreNamed() {
    List<PointRecord> two = points().subList(0, 2);
    Cost epoch = new GridCosts(saved(two, "local[8]"), 0).of(config(8, 4), 8, IMAGES);

    assertFalse(epoch.isKnown());
    assertTrue(unknown(epoch).startsWith("the grid has 2 setups with engine "), unknown(epoch));
    assertTrue(unknown(epoch).contains("a model needs 3"), unknown(epoch));
  }

  @Test
  void aBatchSizeThatWasNotMeasuredIsNamed() {
    RunConfig other = CONFIG.withLocal(CONFIG.local().withBatchSize(17));
    Cost epoch = costs("local[8]", 0).of(other, 8, IMAGES);

    assertFalse(epoch.isKnown());
    String measured = String.valueOf(CONFIG.local().batchSize());
    assertEquals(
        "no points of the grid have batch-size 17 (they have " + measured + ")", unknown(epoch));
  }

  @Test
  void theModelIsSaidInWords() {
    String basis = costs("local[8]", 0).basis(config(8, 4), ENGLISH);

    assertTrue(
        basis.contains(
            "takes 20.0 ms, plus 2.00 ms for each worker that trains at the same time, plus 10.00"
                + " µs for each image"),
        basis);
  }

  private static GridCosts costs(String master, double bitsPerSecond) {
    return new GridCosts(saved(points(), master), bitsPerSecond);
  }

  private static SavedPoints saved(List<PointRecord> points, String master) {
    DataRecord data = new DataRecord("x", false, IMAGES, 10_000, 10_000, 28, 28, 10, "0");
    return new SavedPoints(points, master, data);
  }

  private static RunConfig config(int workers, int rounds) {
    return CONFIG.withAveraging(CONFIG.averaging().withWorkers(workers).withRoundsPerEpoch(rounds));
  }

  private static List<PointRecord> points() {
    List<PointRecord> points = new ArrayList<>();
    for (int workers : new int[] {1, 2, 4}) {
      for (int rounds : new int[] {4, 16}) {
        points.add(point(workers, rounds));
      }
    }
    return points;
  }

  private static PointRecord point(int workers, int rounds) {
    return point(workers, rounds, rounds * (0.020 + 0.002 * workers) + 10e-6 * IMAGES / workers);
  }

  private static PointRecord point(int workers, int rounds, double epoch) {
    Map<String, String> settings = GridPlan.settingsOf(config(workers, rounds));
    Map<String, String> varied =
        Map.of("workers", String.valueOf(workers), "rounds-per-epoch", String.valueOf(rounds));
    return new PointRecord(
        new GridPoint(new Setup(0, "", varied, settings), 1, 1),
        "",
        8,
        IMAGES,
        List.of(0.97),
        List.of(epoch),
        List.of(epoch),
        TimeSplit.ZERO,
        workers * BYTES,
        "bits",
        Fingerprint.UNKNOWN,
        10_000);
  }

  private static String unknown(EpochCosts.Cost epoch) {
    return epoch.unknown().orElseThrow().in(ENGLISH);
  }
}
