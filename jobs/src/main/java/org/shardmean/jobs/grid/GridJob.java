package org.shardmean.jobs.grid;

import java.io.IOException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.shardmean.experiment.Baseline;
import org.shardmean.experiment.Calibration;
import org.shardmean.experiment.Calibrator;
import org.shardmean.experiment.ExperimentHistory;
import org.shardmean.experiment.Fingerprint;
import org.shardmean.experiment.Grid;
import org.shardmean.experiment.GridCluster;
import org.shardmean.experiment.GridDirectory;
import org.shardmean.experiment.GridFile;
import org.shardmean.experiment.GridPlan;
import org.shardmean.experiment.GridPoint;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.experiment.GridResult;
import org.shardmean.experiment.GridRun;
import org.shardmean.experiment.GridTrainer;
import org.shardmean.experiment.PastGrid;
import org.shardmean.experiment.PointRecord;
import org.shardmean.jobs.command.EndedException;
import org.shardmean.jobs.command.ExitCode;
import org.shardmean.jobs.command.GeneralSettings;
import org.shardmean.jobs.command.Job;
import org.shardmean.jobs.command.SparkJob;
import org.shardmean.jobs.console.Terminal;
import org.shardmean.jobs.data.DataLoading;
import org.shardmean.report.RecordedSentences;
import org.shardmean.report.Texts;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.Environment;
import org.shardmean.run.Language;
import org.shardmean.run.RunDirectory;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.Setting;
import org.shardmean.settings.SettingGroup;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.ValueReader;

/** {@code grid}: runs a grid of trainings, compares it with an earlier one, and reports. */
public final class GridJob implements Job {
  private static final Setting<String> FILE =
      Setting.of(
          "grid",
          "FILE",
          ValueReader.text(),
          "The grid's file: properties such as 'workers = 1, 2, 4', by the names of train's options;"
              + " see docs/experiments.md and conf/experiments.");

  private static final Setting<String> OUT =
      Setting.of(
          "out",
          "DIR",
          ValueReader.text(),
          "The grid's folder, on any Hadoop file system. If it holds a part of this grid, the rest"
              + " is run.",
          "Default: runs/TIME-NAME.");

  public static final Setting<String> HISTORY =
      Setting.of(
              "history",
              "PATH",
              ValueReader.text(),
              "Where all grids are kept, as JSON, on any Hadoop file system.")
          .withDefault("runs/history");

  public static final Setting<String> BASELINE =
      Setting.of(
              "baseline",
              "GRID",
              ValueReader.text(),
              "What the grid is compared with: accepted (the last accepted grid of the same name that"
                  + " was run alike), none, or the time at which a grid in the history started.")
          .withDefault(Baseline.ACCEPTED);

  private static final Setting<String> ACCEPT =
      Setting.of(
          "accept",
          "GRID",
          ValueReader.text(),
          "Runs nothing: accepts the grid in the history that started at this time, so that later"
              + " grids of its name are compared with it.");

  @Override
  public String name() {
    return "grid";
  }

  @Override
  public String summary() {
    return "Trains every combination in a file: accuracy, speed, cost, and whether it got worse.";
  }

  @Override
  public Optional<Setting<?>> operand() {
    return Optional.of(FILE);
  }

  @Override
  public List<SettingGroup> settings() {
    return List.of(
        new SettingGroup("Grid", List.of(FILE, OUT, HISTORY, BASELINE, ACCEPT, TrainSettings.LANG)),
        new SettingGroup("Data", List.of(TrainSettings.MNIST_PATH)),
        GeneralSettings.GENERAL);
  }

  @Override
  public List<ExitCode> ownExitCodes() {
    return List.of(ExitCode.POINTS_FAILED, ExitCode.WORSE);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "conf/experiments/laptop.properties",
        "conf/experiments/learning/at-scale.properties --out runs/at-scale",
        "conf/experiments/weak.properties --history hdfs:///grids",
        "conf/experiments/lecture/rate.properties --lang ja",
        "--accept 2026-11-25T02:00:00.123Z");
  }

  @Override
  public void run(GivenSettings given) throws Exception {
    ZonedDateTime now = ZonedDateTime.now(ZoneId.systemDefault());
    if (given.find(ACCEPT).isPresent()) {
      requireNoFile(given);
      accept(given, now);
    } else if (given.find(FILE).isPresent()) {
      run(given, now);
    } else {
      throw new ConfigurationException(
          "FILE: expected a grid's file, found nothing; give one, such as conf/experiments/laptop.properties");
    }
  }

  private static void run(GivenSettings given, ZonedDateTime now) throws Exception {
    GridFile file = GridFile.read(given.get(FILE));
    try (GridCluster cluster =
        new GridCluster(
            "shardmean grid " + file.name(), file.cores(), conf -> SparkJob.open(conf, given))) {
      GridPlan plan = GridPlan.of(file, given, datasets(cluster), cluster::slots);
      Texts t = Terminal.texts(plan.language());
      Function<GridPoint, Fingerprint> fingerprints = plan.fingerprints(cluster::environment);
      ExperimentHistory history = history(given, cluster.spark().hadoopConfiguration());
      List<PastGrid> past = history.of(file.name());
      Map<String, Fingerprint> points = byId(plan.grid(), fingerprints);
      Baseline.choose(given.get(BASELINE), past, points); // Refuses before anything is run.
      try (GridDirectory directory = directory(given, file, cluster, now, t)) {
        GridConsole console = new GridConsole(System.out, file, directory, t);
        console.started(plan.grid());
        Environment here = cluster.environment(0);
        Calibration calibration = calibrate(plan, cluster);

        GridRun run = new GridRun(directory, new GridTrainer(plan, cluster, console), console);
        List<PointRecord> done = run.run(plan.grid(), fingerprints);

        PastGrid grid =
            new PastGrid(file.name(), directory.started(), here.gitCommit(), here.master(), done);
        List<PastGrid> earlier = others(past, grid);
        GridResult result =
            GridResult.of(
                plan.grid(),
                grid,
                here,
                calibration,
                file.pricePerCoreHour(),
                earlier,
                Baseline.choose(given.get(BASELINE), earlier, points));
        result.writeTo(directory.files(), plan.language());
        PastGrid kept = history.append(grid);
        console.ended(result, kept);
        end(result);
      }
    }
  }

  /** A grid that was over already and is only said again is in the history, too. */
  private static List<PastGrid> others(List<PastGrid> past, PastGrid grid) {
    return past.stream().filter(one -> !one.started().equals(grid.started())).toList();
  }

  private static GridPlan.Datasets datasets(GridCluster cluster) {
    return settings ->
        new DataLoading(cluster.spark().hadoopConfiguration(), System.getenv(), System.err)
            .loadThat(settings);
  }

  private static ExperimentHistory history(GivenSettings given, Configuration hadoop) {
    return new ExperimentHistory(hadoop, given.get(HISTORY));
  }

  private static Map<String, Fingerprint> byId(
      Grid grid, Function<GridPoint, Fingerprint> fingerprints) {
    return grid.points().stream().collect(Collectors.toMap(GridPoint::id, fingerprints));
  }

  private static void requireNoFile(GivenSettings given) {
    given
        .find(FILE)
        .ifPresent(
            file -> {
              throw new ConfigurationException(
                  "--accept: expected no grid's file beside it, since it runs nothing, found %s; leave one of them out"
                      .formatted(file));
            });
  }

  private static void accept(GivenSettings given, ZonedDateTime now) throws IOException {
    PastGrid accepted = history(given, new Configuration()).accept(given.get(ACCEPT), inUtc(now));
    Texts t = Terminal.texts(given.get(TrainSettings.LANG));
    System.out.println(
        t.text(
            "console.gridAccepted", accepted.experiment(), accepted.started(), accepted.commit()));
  }

  private static String inUtc(ZonedDateTime time) {
    return DateTimeFormatter.ISO_INSTANT.format(time.toInstant().truncatedTo(ChronoUnit.MILLIS));
  }

  private static GridDirectory directory(
      GivenSettings given, GridFile file, GridCluster cluster, ZonedDateTime now, Texts t)
      throws IOException {
    Configuration hadoop = cluster.spark().hadoopConfiguration();
    String path =
        given
            .find(OUT)
            .orElseGet(
                () -> RunDirectory.createNamed(hadoop, "runs", now, file.name()).path().toString());
    return GridDirectory.begin(
        hadoop,
        path,
        file,
        inUtc(now),
        whatFor -> System.out.println(RecordedSentences.in(t, whatFor)));
  }

  private static Calibration calibrate(GridPlan plan, GridCluster cluster) {
    GridPoint first = plan.grid().points().get(0);
    return new Calibrator(
            cluster.spark(),
            cluster.cluster(),
            plan.dataset(first).train(),
            plan.config(first.setup()))
        .measure(plan.grid().setups().stream().map(Setup::batchSize).distinct().toList());
  }

  private static void end(GridResult result) {
    if (!result.failed().isEmpty()) {
      throw new EndedException(
          ExitCode.POINTS_FAILED,
          "%d of %d points failed; the report lists them"
              .formatted(result.failed().size(), result.points().size()));
    }
    if (result.isWorse()) {
      throw new EndedException(
          ExitCode.WORSE, result.verdict().orElseThrow().sentence(Texts.of(Language.EN)));
    }
  }
}
