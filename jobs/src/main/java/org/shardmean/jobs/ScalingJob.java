package org.shardmean.jobs;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.shardmean.experiment.Baseline;
import org.shardmean.experiment.Calibration;
import org.shardmean.experiment.Calibrator;
import org.shardmean.experiment.ExperimentHistory;
import org.shardmean.experiment.Grid;
import org.shardmean.experiment.GridDirectory;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.experiment.GridRun;
import org.shardmean.experiment.PastGrid;
import org.shardmean.experiment.PointRecord;
import org.shardmean.experiment.PointsCsv;
import org.shardmean.experiment.ScalingJson;
import org.shardmean.experiment.ScalingReport;
import org.shardmean.experiment.ScalingResult;
import org.shardmean.run.BuildInfo;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunDirectory;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.SettingGroup;
import org.shardmean.settings.TrainSettings;
import org.shardmean.spark.Cluster;

/** {@code scaling}: runs a grid of trainings, compares it with the one before, and reports. */
final class ScalingJob implements Job {
  @Override
  public String name() {
    return "scaling";
  }

  @Override
  public String summary() {
    return "Runs a grid of trainings, says what more workers gain, and whether it got worse.";
  }

  @Override
  public List<SettingGroup> settings() {
    return List.of(
        ScalingSettings.EXPERIMENT,
        new SettingGroup("Data", List.of(TrainSettings.MNIST_PATH)),
        GeneralSettings.GENERAL);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "--grid conf/experiments/laptop.properties",
        "--grid conf/experiments/laptop.properties --out runs/laptop --price-per-core-hour 0.05");
  }

  @Override
  public void run(GivenSettings given) throws Exception {
    Required.in(given, List.of(ScalingSettings.GRID));
    ZonedDateTime now = ZonedDateTime.now(ZoneId.systemDefault());
    GridFile file = GridFile.read(given.get(ScalingSettings.GRID));
    Grid grid = file.grid();
    try (GridCluster spark = new GridCluster(grid.name())) {
      spark.withCores(grid.inRandomOrder().get(0).setup().cores());
      GridPoints points = new GridPoints(given, file, spark);
      RunConfig config = points.check();
      GridDirectory directory = directory(given, file, spark, now);
      Calibration calibration = calibrate(spark, config, grid);
      String place = place(spark.cluster(), spark.spark().master());
      List<PointRecord> records = new GridRun(directory, points, ScalingJob::say).run(grid);

      PastGrid past =
          new PastGrid(
              grid.name(),
              directory.started(),
              BuildInfo.read().commit(),
              spark.spark().master(),
              records);
      ScalingResult result = result(given, grid, past, place, calibration, spark);
      write(directory, result);
      conclude(directory, result);
    }
  }

  private static GridDirectory directory(
      GivenSettings given, GridFile file, GridCluster spark, ZonedDateTime now) throws IOException {
    var hadoop = spark.spark().hadoopConfiguration();
    String name = file.grid().name();
    String path =
        given
            .find(ScalingSettings.OUT)
            .orElseGet(() -> RunDirectory.createNamed(hadoop, "runs", now, name).path().toString());
    Instant began = now.toInstant().truncatedTo(ChronoUnit.MILLIS);
    String definition = file.definition() + "# commit " + BuildInfo.read().commit() + "\n";
    GridDirectory directory =
        GridDirectory.begin(hadoop, path, definition, DateTimeFormatter.ISO_INSTANT.format(began));
    System.out.printf(
        Locale.ROOT,
        "Grid %s: %d points in %s; interrupted, the same command with --out %s goes on%n",
        name,
        file.grid().points().size(),
        path,
        path);
    return directory;
  }

  private static Calibration calibrate(GridCluster spark, RunConfig config, Grid grid) {
    return new Calibrator(
            spark.spark(),
            spark.cluster().cores(),
            config.model(),
            config.local(),
            Calibrator.Effort.THOROUGH)
        .measure(grid.setups().stream().map(Setup::batchSize).distinct().toList());
  }

  private static String place(Cluster cluster, String master) {
    return "%s with %d task slots%s, Java %s, %s %s"
        .formatted(
            master,
            cluster.cores(),
            cluster.executors() > 0 ? " on " + cluster.executors() + " executors" : "",
            System.getProperty("java.version"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }

  private static ScalingResult result(
      GivenSettings given,
      Grid grid,
      PastGrid now,
      String place,
      Calibration calibration,
      GridCluster spark)
      throws IOException {
    ExperimentHistory history =
        new ExperimentHistory(
            spark.spark().hadoopConfiguration(), given.get(ScalingSettings.HISTORY));
    List<PastGrid> earlier =
        history.of(grid.name()).stream()
            .filter(past -> past.started().compareTo(now.started()) < 0)
            .toList();
    Optional<PastGrid> baseline =
        Baseline.choose(given.get(ScalingSettings.BASELINE), earlier, now.fingerprints());
    history.append(now);
    return ScalingResult.of(
        grid,
        now,
        place,
        calibration,
        given.find(ScalingSettings.PRICE_PER_CORE_HOUR).orElse(0.0),
        earlier,
        baseline);
  }

  /** {@code scaling.json} last: who finds it finds the rest, and the grid is over. */
  private static void write(GridDirectory directory, ScalingResult result) throws IOException {
    directory.files().write(GridDirectory.CSV, PointsCsv.write(result));
    directory.files().write(GridDirectory.REPORT, ScalingReport.render(result));
    directory.files().write(GridDirectory.JSON, ScalingJson.write(result));
  }

  private static void conclude(GridDirectory directory, ScalingResult result) {
    System.out.println();
    result.bottlenecks().forEach(one -> System.out.println(one.sentence()));
    result.models().forEach(model -> System.out.println(model.sentence()));
    System.out.println("Recommendation: " + result.recommendation());
    System.out.println("Report: " + directory.files().path() + "/" + GridDirectory.REPORT);
    if (result.baseline().isEmpty()) {
      System.out.println("Nothing to compare with: no accepted grid of this name in the history.");
    } else {
      System.out.println("Compared with the grid of " + result.baseline().get().started() + ":");
    }
    if (result.isWorse()) {
      throw new GotWorseException(result.verdict().orElseThrow().sentence());
    }
    result.verdict().ifPresent(verdict -> System.out.println(verdict.sentence()));
  }

  private static void say(int number, int of, PointRecord record, boolean ranNow) {
    String what =
        !record.isDone()
            ? "FAILED: " + record.problem()
            : String.format(
                Locale.ROOT,
                "%,9.0f img/s  %.3f s an epoch  accuracy %.4f%s",
                record.imagesPerSecond(),
                record.secondsPerEpoch(),
                record.finalAccuracy(),
                ranNow ? "" : "  (done before)");
    System.out.printf(Locale.ROOT, "%3d/%d  %-36s %s%n", number, of, record.point().id(), what);
    System.out.flush();
  }
}
