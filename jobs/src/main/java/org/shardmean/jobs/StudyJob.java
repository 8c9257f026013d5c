package org.shardmean.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.Training;
import org.shardmean.data.DataException;
import org.shardmean.data.Dataset;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunDirectory;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.Setting;
import org.shardmean.settings.SettingGroup;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.Written;
import org.shardmean.spark.Cluster;

/**
 * {@code study}: how well a network learns, for every combination in a grid and over several seeds.
 */
final class StudyJob implements Job {
  private static final SettingGroup STUDY =
      new SettingGroup("Study", List.of(ScalingSettings.GRID));
  private static final SettingGroup OUTPUT = new SettingGroup("Output", List.of(TrainSettings.OUT));

  private static final String POINTS = "study.csv";
  private static final String TABLES = "study.md";

  @Override
  public String name() {
    return "study";
  }

  @Override
  public String summary() {
    return "Trains every combination of a grid and tabulates accuracy; goes on where it stopped.";
  }

  @Override
  public List<SettingGroup> settings() {
    return List.of(STUDY, TrainSettings.TRAINING_DATA, OUTPUT, GeneralSettings.GENERAL);
  }

  @Override
  public List<String> examples() {
    return List.of("--grid conf/experiments/learning/at-scale.properties --out runs/study");
  }

  @Override
  public void run(GivenSettings given) throws Exception {
    Required.in(given, List.of(ScalingSettings.GRID, TrainSettings.OUT));
    StudyGrid grid = StudyGrid.read(given.get(ScalingSettings.GRID));
    String out = given.get(TrainSettings.OUT);
    check(grid, given);
    try (JavaSparkContext spark = SparkJob.open("study", given)) {
      Dataset dataset =
          new DataLoading(spark.hadoopConfiguration(), System.getenv(), System.err).loadThat(given);
      dataset.notices().forEach(System.out::println);
      run(
          spark,
          grid,
          given,
          dataset,
          RunDirectory.create(spark.hadoopConfiguration(), out, false));
    }
  }

  /** Runs what is not in the folder yet; after every run the folder holds all that is known. */
  static void run(
      JavaSparkContext spark,
      StudyGrid grid,
      GivenSettings given,
      Dataset data,
      RunDirectory directory)
      throws IOException {
    List<StudyResult> results = read(directory);
    Set<String> done = new HashSet<>(results.stream().map(StudyResult::id).toList());
    Cluster cluster = Cluster.of(spark);
    for (StudyPoint point : grid.points()) {
      if (done.contains(point.id())) {
        continue;
      }
      results.add(train(spark, cluster, data, settingsOf(point, given), point));
      directory.write(POINTS, csv(results));
      directory.write(TABLES, new StudyTables(results).markdown());
      StudyResult result = results.get(results.size() - 1);
      System.out.printf(
          "%d of %d: %s: %.2f%%%n",
          results.size(), grid.points().size(), point.id(), 100 * result.accuracy());
    }
  }

  private static StudyResult train(
      JavaSparkContext spark,
      Cluster cluster,
      Dataset data,
      GivenSettings given,
      StudyPoint point) {
    return StudyResult.of(point, Training.of(data).settings(given).run(spark, cluster).record());
  }

  /** What {@code train} would be given for this point. */
  private static GivenSettings settingsOf(StudyPoint point, GivenSettings given) {
    Map<String, Written> varied = new LinkedHashMap<>();
    put(varied, point, TrainSettings.WORKERS, point.workers());
    put(varied, point, TrainSettings.EPOCHS, point.epochs());
    put(varied, point, TrainSettings.SEED, point.seed());
    if (point.roundsPerEpoch() > 0) {
      put(varied, point, TrainSettings.ROUNDS_PER_EPOCH, point.roundsPerEpoch());
    }
    return given.under(varied).under(point.settings());
  }

  private static void put(
      Map<String, Written> varied, StudyPoint point, Setting<?> setting, Object value) {
    varied.put(
        setting.name(),
        new Written(String.valueOf(value), "point %s: %s".formatted(point.id(), setting.name())));
  }

  /** Reads every point's settings before the first one runs. */
  private static void check(StudyGrid grid, GivenSettings given) {
    List<String> problems =
        grid.points().stream()
            .flatMap(point -> settingsOf(point, given).problems(TrainSettings.GROUPS).stream())
            .distinct()
            .toList();
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private static List<StudyResult> read(RunDirectory directory) throws IOException {
    List<StudyResult> results = new ArrayList<>();
    if (!directory.holds(POINTS)) {
      return results;
    }
    List<String> lines = new String(directory.read(POINTS), UTF_8).lines().toList();
    for (int line = 1; line < lines.size(); line++) {
      try {
        results.add(StudyResult.parse(lines.get(line)));
      } catch (IllegalArgumentException e) {
        throw new DataException(
            "%s/%s, line %d: expected a study's result, found '%s' (%s); give another --out"
                .formatted(directory, POINTS, line + 1, lines.get(line), e.getMessage()),
            e);
      }
    }
    return results;
  }

  private static String csv(List<StudyResult> results) {
    StringBuilder text = new StringBuilder(StudyResult.HEADER).append('\n');
    results.forEach(result -> text.append(result.csv()).append('\n'));
    return text.toString();
  }
}
