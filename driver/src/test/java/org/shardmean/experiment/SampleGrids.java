package org.shardmean.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.report.Texts;
import org.shardmean.run.Environment;
import org.shardmean.run.Language;
import org.shardmean.run.TimeSplit;

/** Grids that never ran: plausible figures, drawn from a fixed seed. */
public final class SampleGrids {
  static final Grid GRID = grid(List.of(1, 2, 4, 8), List.of(4, 16), List.of(0), 1, 9);

  static final Calibration CALIBRATION =
      new Calibration(4, 8, Map.of(32, 12e-6, 64, 9e-6), 0.012, 0.024, 0.004, 1_312_632);

  static final Texts ENGLISH = Texts.of(Language.EN);

  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  static final Fingerprint FINGERPRINT =
      new Fingerprint(
          new TreeMap<>(Map.of(Fingerprint.COMMIT, COMMIT, Fingerprint.SLOTS, "8")), Set.of());
  static final Environment ENVIRONMENT =
      new Environment(
          "OpenJDK 17",
          "3.5.9",
          "1.0.0-M2.1",
          "spark://head:7077",
          4,
          8,
          "Linux amd64",
          "Xeon (SkylakeX)",
          COMMIT);

  private SampleGrids() {}

  /** Every number of workers with every number of rounds and of cores; three seeds. */
  static Grid grid(
      List<Integer> workers,
      List<Integer> rounds,
      List<Integer> cores,
      int repeats,
      long orderSeed) {
    List<Setup> setups = new ArrayList<>();
    for (int slots : cores) {
      for (int k : workers) {
        for (int r : rounds) {
          Map<String, String> varied = new LinkedHashMap<>();
          if (workers.size() > 1) {
            varied.put("workers", String.valueOf(k));
          }
          varied.put("rounds-per-epoch", String.valueOf(r));
          setups.add(new Setup(slots, "", varied, settings(k, r)));
        }
      }
    }
    return new Grid("sample", setups, List.of(1L, 2L, 3L), repeats, orderSeed, 0.97, false, false);
  }

  /** A setup whose file varies all that it has. */
  static Setup setup(Map<String, String> settings) {
    return new Setup(0, "", new TreeMap<>(settings), settings);
  }

  private static Map<String, String> settings(int workers, int rounds) {
    return Map.of(
        "workers",
        String.valueOf(workers),
        "rounds-per-epoch",
        String.valueOf(rounds),
        "batch-size",
        "64",
        "epochs",
        "5",
        "engine",
        "fused",
        "data",
        "mnist");
  }

  /** A grid that went well, compared with the one before. */
  public static GridResult compared() {
    PastGrid before = grid("2026-01-01T02:00:00Z", 1, 1);
    PastGrid between = grid("2026-01-02T02:00:00Z", 2, 1.02);
    return result(
        grid("2026-01-03T02:00:00Z", 3, 1), List.of(before, between), Optional.of(between));
  }

  /** One that became 40% slower. */
  public static GridResult slower() {
    PastGrid before = grid("2026-01-01T02:00:00Z", 1, 1);
    return result(grid("2026-01-02T02:00:00Z", 2, 1.4), List.of(before), Optional.of(before));
  }

  /** One of a single curve, by workers; no run had more than eight task slots. */
  static GridResult of(List<Integer> workers) {
    Grid grid = grid(workers, List.of(4), List.of(0), 1, 9);
    List<PointRecord> points = grid.points().stream().map(point -> point(point, 1)).toList();
    return GridResult.of(
        grid,
        new PastGrid("sample", "2026-01-01T02:00:00Z", COMMIT, ENVIRONMENT.master(), points),
        ENVIRONMENT,
        CALIBRATION,
        0,
        List.of(),
        Optional.empty());
  }

  /** One of a single run. */
  public static GridResult single() {
    Setup setup = new Setup(0, "", Map.of(), settings(2, 8));
    Grid grid = new Grid("single", List.of(setup), List.of(42L), 1, 1, Double.NaN, false, false);
    PointRecord point = point(new GridPoint(setup, 42, 1), 1);
    return GridResult.of(
        grid,
        new PastGrid("single", "2026-01-01T02:00:00Z", "unknown", "local[2]", List.of(point)),
        ENVIRONMENT,
        CALIBRATION,
        0,
        List.of(),
        Optional.empty());
  }

  /**
   * Four learning rates of one worker, three seeds: one that learns slowly, one that learns well,
   * one that is as good but overfits, and one that diverges.
   *
   * @param mayDiverge whether that is expected
   */
  public static GridResult learningRates(boolean mayDiverge) {
    List<Setup> setups = Stream.of("0.001", "0.01", "0.02", "10").map(SampleGrids::ofRate).toList();
    Grid grid = new Grid("rates", setups, List.of(1L, 2L, 3L), 1, 1, Double.NaN, false, mayDiverge);
    List<PointRecord> points = grid.points().stream().map(SampleGrids::learned).toList();
    return GridResult.of(
        grid,
        new PastGrid("rates", "2026-01-01T02:00:00Z", COMMIT, "local[2]", points),
        ENVIRONMENT,
        CALIBRATION,
        0,
        List.of(),
        Optional.empty());
  }

  private static Setup ofRate(String rate) {
    Map<String, String> settings = new TreeMap<>(settings(1, 1));
    settings.put("learning-rate", rate);
    return new Setup(0, "", Map.of("learning-rate", rate), settings);
  }

  private static PointRecord learned(GridPoint point) {
    double chance = 0.0004 * (point.seed() - 2);
    return switch (point.setup().settings().get("learning-rate")) {
      case "0.001" ->
          learned(point, List.of(0.60, 0.80 + chance), List.of(1.5, 1.0), List.of(1.4, 0.9));
      case "0.01" ->
          learned(point, List.of(0.95, 0.97 + chance), List.of(0.2, 0.105), List.of(0.15, 0.1505));
      case "0.02" ->
          learned(point, List.of(0.95, 0.9702 - chance), List.of(0.2, 0.05), List.of(0.15, 0.19));
      default -> diverged(point);
    };
  }

  private static PointRecord learned(
      GridPoint point,
      List<Double> accuracies,
      List<Double> trainLosses,
      List<Double> validationLosses) {
    PointRecord one = point(point, 1);
    return new PointRecord(
        point,
        "",
        one.cores(),
        one.trainExamples(),
        accuracies,
        one.epochSeconds().subList(0, 2),
        one.trainSeconds().subList(0, 2),
        one.time(),
        one.bytesPerRound(),
        one.parametersSha256(),
        one.fingerprint(),
        one.validationExamples(),
        PointRecord.Ending.DONE,
        new LearningCurve(accuracies, trainLosses, validationLosses));
  }

  private static PointRecord diverged(GridPoint point) {
    return new PointRecord(
        point,
        "the run diverged in epoch 2",
        8,
        60_000,
        List.of(0.1),
        List.of(),
        List.of(),
        TimeSplit.ZERO,
        0,
        "",
        FINGERPRINT,
        10_000,
        PointRecord.Ending.DIVERGED,
        new LearningCurve(List.of(0.1), List.of(4.0), List.of(Double.POSITIVE_INFINITY)));
  }

  /** One of which every point failed. */
  public static GridResult failed() {
    List<PointRecord> points =
        GRID.points().stream()
            .map(point -> PointRecord.failed(point, "lost <executor> 1", Fingerprint.UNKNOWN))
            .toList();
    return result(
        new PastGrid("sample", "2026-01-01T02:00:00Z", "unknown", "local[2]", points),
        List.of(),
        Optional.empty());
  }

  private static GridResult result(
      PastGrid now, List<PastGrid> history, Optional<PastGrid> baseline) {
    return GridResult.of(GRID, now, ENVIRONMENT, CALIBRATION, 0.05, history, baseline);
  }

  static PastGrid grid(String started, int seed, double factor) {
    return grid(started, seed, factor, 0.03);
  }

  /**
   * A grid whose times are {@code factor} times the usual.
   *
   * @param noise the standard deviation of a run's time, relative
   */
  static PastGrid grid(String started, int seed, double factor, double noise) {
    SplittableRandom random = new SplittableRandom(seed);
    List<PointRecord> points = new ArrayList<>();
    for (GridPoint point : GRID.inRandomOrder()) {
      points.add(point(point, factor * (1 + noise * random.nextGaussian())));
    }
    return new PastGrid("sample", started, COMMIT, "spark://head:7077", points);
  }

  /** Its accuracies depend on the point alone, as its bits do. */
  static PointRecord point(GridPoint point, double factor) {
    SplittableRandom random = new SplittableRandom(point.id().hashCode());
    int k = point.setup().workers();
    int rounds = point.setup().roundsPerEpoch();
    double compute = 60_000 * 9e-6 / k * (1 + 0.02 * k) * factor;
    double waiting = (k > 1 ? 0.04 * compute : 0) * factor;
    double sync = rounds * (0.012 + 0.0018 * k) * factor;
    List<Double> accuracies = new ArrayList<>();
    List<Double> epochSeconds = new ArrayList<>();
    List<Double> trainSeconds = new ArrayList<>();
    for (int epoch = 1; epoch <= 5; epoch++) {
      double lag = k * 4.0 / rounds * 0.002;
      accuracies.add(0.98 - (0.03 + lag) * Math.exp(-0.7 * epoch) - 0.001 * random.nextDouble());
      trainSeconds.add(compute + waiting + sync);
      epochSeconds.add(compute + waiting + sync + 0.05);
    }
    return new PointRecord(
        point,
        "",
        8,
        60_000,
        accuracies,
        epochSeconds,
        trainSeconds,
        new TimeSplit(compute, waiting, sync, 0.05),
        2.0 * k * 1_312_648,
        "bits of " + point.setup().id() + " with seed " + point.seed(),
        FINGERPRINT,
        10_000);
  }
}
