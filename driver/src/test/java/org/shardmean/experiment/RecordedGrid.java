package org.shardmean.experiment;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.shardmean.data.Seeds;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.run.TimeSplit;

/**
 * Grids that really ran, as their {@code points.csv} has them, on two cores that nothing else used:
 * {@code conf/experiments/noise.properties}, four setups, eighteen runs of each in random order,
 * and {@code conf/experiments/rounds.properties}, nine setups, three runs of each.
 */
final class RecordedGrid {
  private RecordedGrid() {}

  /** The commit of the nights. */
  private static final String NIGHTS = "c2887d5";

  /** A column of the file, from 0. */
  private static final int FASTEST_EPOCH_SECONDS = 13;

  /** The grid that tells the noise; of every run its fastest epoch, by which runs are compared. */
  static List<PointRecord> noise() {
    return points("recorded-noise.csv");
  }

  /** The grid that tells what a round costs; of every run its fastest epoch too. */
  static List<PointRecord> rounds() {
    return points("recorded-rounds.csv");
  }

  /** Seven grids of one commit, of separate processes on a busy machine, the oldest first. */
  static List<PastGrid> nights() {
    Map<String, List<PointRecord>> nights = new LinkedHashMap<>();
    lines("recorded-nights.csv")
        .filter(line -> !line.startsWith("#"))
        .skip(1)
        .map(line -> line.split(",", -1))
        .forEach(
            f -> nights.computeIfAbsent(f[0], none -> new ArrayList<>()).add(pointOfANight(f)));
    return nights.entrySet().stream()
        .map(night -> new PastGrid("nights", night.getKey(), NIGHTS, "local[2]", night.getValue()))
        .toList();
  }

  /** Columns: started, load, workers, rounds, seed, fastest and median epoch, accuracy, bits. */
  private static PointRecord pointOfANight(String[] f) {
    Setup setup =
        new Setup(
            0,
            "",
            Map.of("workers", f[2], "rounds-per-epoch", f[3]),
            Map.of(
                "workers",
                f[2],
                "rounds-per-epoch",
                f[3],
                "batch-size",
                "50",
                "engine",
                "fused",
                "data",
                "generated:2000"));
    return new PointRecord(
        new GridPoint(setup, Long.parseLong(f[4]), 1),
        "",
        2,
        2000,
        List.of(Double.valueOf(f[7])),
        List.of(Double.valueOf(f[6])),
        List.of(Double.valueOf(f[5])),
        TimeSplit.ZERO,
        0,
        f[8],
        new Fingerprint(new TreeMap<>(Map.of(Fingerprint.COMMIT, NIGHTS)), Set.of()),
        333);
  }

  private static List<PointRecord> points(String resource) {
    return lines(resource).skip(1).map(line -> point(line.split(",", -1))).toList();
  }

  private static Stream<String> lines(String resource) {
    try (InputStream in = requireNonNull(RecordedGrid.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PointRecord point(String[] f) {
    Setup setup =
        SampleGrids.setup(
            Map.of(
                "workers",
                f[1],
                "rounds-per-epoch",
                f[3],
                "batch-size",
                f[4],
                "engine",
                f[5],
                "data",
                f[6]));
    return new PointRecord(
        new GridPoint(setup, Long.parseLong(f[7]), Integer.parseInt(f[8])),
        "",
        Integer.parseInt(f[2]),
        Integer.parseInt(f[10]),
        List.of(Double.valueOf(f[20])),
        List.of(Double.valueOf(f[FASTEST_EPOCH_SECONDS])),
        List.of(Double.valueOf(f[FASTEST_EPOCH_SECONDS])),
        TimeSplit.ZERO,
        Double.parseDouble(f[19]),
        "bits of " + setup.id() + " with seed " + f[7],
        Fingerprint.UNKNOWN,
        333);
  }

  static PastGrid asGrid(String started, List<PointRecord> points) {
    return new PastGrid("recorded", started, "unknown", "local[2]", points);
  }

  /** Two comparisons' worth of the same runs: half of each setup's before, half now, by lot. */
  static List<List<PointRecord>> halves(List<PointRecord> points, int trial) {
    SplittableRandom random = new SplittableRandom(trial);
    List<PointRecord> before = new ArrayList<>();
    List<PointRecord> now = new ArrayList<>();
    for (Setup setup : points.stream().map(p -> p.point().setup()).distinct().toList()) {
      List<PointRecord> runs =
          points.stream().filter(point -> point.point().setup().equals(setup)).toList();
      int[] order = Seeds.permutation(runs.size(), random);
      for (int i = 0; i < order.length; i++) {
        (i < order.length / 2 ? before : now).add(runs.get(order[i]));
      }
    }
    return List.of(before, now);
  }
}
