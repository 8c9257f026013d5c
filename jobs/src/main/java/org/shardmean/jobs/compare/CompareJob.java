package org.shardmean.jobs.compare;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.Training;
import org.shardmean.comparison.Comparison;
import org.shardmean.comparison.Contender;
import org.shardmean.comparison.Lesson;
import org.shardmean.comparison.OurTraining;
import org.shardmean.comparison.Rival;
import org.shardmean.comparison.RivalTraining;
import org.shardmean.data.Dataset;
import org.shardmean.jobs.command.EndedException;
import org.shardmean.jobs.command.ExitCode;
import org.shardmean.jobs.command.GeneralSettings;
import org.shardmean.jobs.command.Job;
import org.shardmean.jobs.command.SparkJob;
import org.shardmean.jobs.console.Terminal;
import org.shardmean.jobs.data.DataLoading;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunConfig;
import org.shardmean.run.RunRecord;
import org.shardmean.run.TrainingFailedException;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.Setting;
import org.shardmean.settings.SettingGroup;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.ValueReader;
import org.shardmean.spark.Cluster;
import org.shardmean.spark.TrainingRun;

/** {@code compare}: trains Shardmean and others on the same data, and writes one page. */
public final class CompareJob implements Job {
  private static final Setting<List<Rival>> RIVALS =
      Setting.of(
              "rivals",
              "LIST",
              ValueReader.listOf(ValueReader.oneOf(Rival.class)),
              "What Shardmean is compared with, separated by commas: "
                  + ValueReader.allWritten(Rival.class)
                  + ". See docs/performance.md.")
          .withDefault(List.of(Rival.values()));

  private static final Setting<Double> DL4J_LEARNING_RATE =
      Setting.of(
              "dl4j-learning-rate",
              "RATE",
              ValueReader.aboveZero(),
              "Learning rate of dl4j-equal, which uses Adam; dl4j-defaults keeps 0.001.")
          .withDefault(1e-3);

  private static final Setting<Integer> MLLIB_ITERATIONS =
      Setting.of(
              "mllib-iterations",
              "N",
              ValueReader.wholeNumber(1),
              "Iterations of MLlib's perceptron at most; MLlib's own default is 100.")
          .withDefault(100);

  private static final Setting<List<Double>> TARGETS =
      Setting.of(
              "targets",
              "SHARES",
              ValueReader.listOf(ValueReader.share()),
              "Accuracies for which the page lists the seconds, separated by commas.")
          .withDefault(List.of(0.97, 0.98));

  private static final Setting<Integer> MOST_MINUTES =
      Setting.of(
              "most-minutes",
              "N",
              ValueReader.wholeNumber(1),
              "Minutes that a rival may take; what it reached by then counts.")
          .withDefault(20);

  private static final Setting<String> OUT =
      TrainSettings.OUT.withHelp(
          "Where the page goes, on any Hadoop file system, with Shardmean's own run in a folder"
              + " 'shardmean' beside it.",
          "Default: runs/TIME-compare.");

  private static final Setting<Boolean> OVERWRITE =
      TrainSettings.OVERWRITE.withHelp("Replace a comparison that --out holds.");

  @Override
  public String name() {
    return "compare";
  }

  @Override
  public String summary() {
    return "Trains the same network with Shardmean, DL4J and MLlib, and writes one page.";
  }

  @Override
  public List<SettingGroup> settings() {
    List<SettingGroup> groups = new ArrayList<>();
    groups.add(
        new SettingGroup(
            "Comparison",
            List.of(
                RIVALS,
                DL4J_LEARNING_RATE,
                MLLIB_ITERATIONS,
                TARGETS,
                MOST_MINUTES,
                OUT,
                OVERWRITE,
                TrainSettings.LANG)));
    TrainSettings.OF_A_TRAINING.stream().map(CompareJob::ofAClassifier).forEach(groups::add);
    groups.add(GeneralSettings.GENERAL);
    return groups;
  }

  /** The rivals train classifiers only. */
  private static SettingGroup ofAClassifier(SettingGroup group) {
    return new SettingGroup(
        group.heading(),
        group.settings().stream().filter(setting -> !setting.equals(TrainSettings.TASK)).toList());
  }

  @Override
  public List<ExitCode> ownExitCodes() {
    return List.of(ExitCode.TRAINING, ExitCode.RIVALS_FAILED);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "",
        "--master spark://head:7077 --data hdfs:///digits --layers 784-256-10",
        "--rivals mllib --mllib-iterations 50",
        "--data generated:20000 --epochs 3 --targets 0.9,0.95");
  }

  @Override
  public void run(GivenSettings given) throws Exception {
    ZonedDateTime now = ZonedDateTime.now(ZoneId.systemDefault());
    CompareConsole console =
        new CompareConsole(System.out, Terminal.texts(given.get(TrainSettings.LANG)));
    try (FreshSpark applications =
        new FreshSpark("shardmean compare", conf -> SparkJob.open(conf, given))) {
      JavaSparkContext spark = applications.next();
      ComparisonFolder folder = folder(given, spark, now);
      Dataset dataset = load(given, spark);
      Cluster cluster = Cluster.of(spark);
      Training training = Training.of(dataset).settings(given);
      RunConfig ours = training.resolve(cluster.slots()).config();
      requireClassifier(ours);
      TrainingRun.Parts parts = TrainingRun.Parts.of(dataset, ours);
      console.begins(dataset, parts, ours, spark.master(), cluster);

      console.nextIsShardmean();
      OurTraining.Finished finished = new OurTraining(training, console).run(spark, cluster);
      folder.save(finished.result());
      List<Contender> contenders = new ArrayList<>(List.of(finished.contender()));
      for (Rival rival : given.get(RIVALS)) {
        console.next(rival);
        contenders.add(train(rival, applications.next(), parts, ours, given, console));
      }
      console.nextIsShardmeanAgain();
      contenders.add(again(training, applications.next(), console));

      Comparison comparison =
          comparison(finished.result().record(), contenders, given, applications.isOneForAll());
      folder.write(comparison, given.get(TrainSettings.LANG));
      console.finished(comparison, folder);
      end(comparison);
    }
  }

  private static void requireClassifier(RunConfig ours) {
    if (!ours.model().isClassifier()) {
      throw new ConfigurationException(
          "--task: expected classification, which the others train, too, found %s; train it with deploy/submit train"
              .formatted(TrainSettings.TASK.writtenIn(ours)));
    }
  }

  private static Dataset load(GivenSettings given, JavaSparkContext spark) {
    return new DataLoading(spark.hadoopConfiguration(), System.getenv(), System.err).load(given);
  }

  private static ComparisonFolder folder(
      GivenSettings given, JavaSparkContext spark, ZonedDateTime now) {
    boolean overwrite = given.isOn(OVERWRITE);
    return given
        .find(OUT)
        .map(path -> ComparisonFolder.at(spark.hadoopConfiguration(), path, overwrite))
        .orElseGet(() -> ComparisonFolder.named(spark.hadoopConfiguration(), now));
  }

  private static Contender train(
      Rival rival,
      JavaSparkContext spark,
      TrainingRun.Parts parts,
      RunConfig ours,
      GivenSettings given,
      CompareConsole console) {
    Lesson lesson =
        new Lesson(
            ours,
            parts.training(),
            parts.validation(),
            Cluster.of(spark).cores(),
            given.get(DL4J_LEARNING_RATE),
            given.get(MLLIB_ITERATIONS));
    Contender contender =
        new RivalTraining(rival, console, given.get(MOST_MINUTES)).run(spark, lesson);
    console.ended(contender);
    return contender;
  }

  private static Contender again(
      Training training, JavaSparkContext spark, CompareConsole console) {
    return new OurTraining(training, console).run(spark, Cluster.of(spark)).again();
  }

  private static Comparison comparison(
      RunRecord ours, List<Contender> contenders, GivenSettings given, boolean oneApplication) {
    return new Comparison(
        ours.config().model().written(),
        ours.data(),
        ours.environment(),
        ours.config().seed(),
        given.get(TARGETS),
        oneApplication,
        ours.notices(),
        contenders);
  }

  private static void end(Comparison comparison) {
    comparison.ours().problem().ifPresent(CompareJob::fail);
    if (!comparison.failed().isEmpty()) {
      throw new EndedException(
          ExitCode.RIVALS_FAILED,
          "%d of %d rivals could not run to their end; the report says why, and has the rest"
              .formatted(comparison.failed().size(), comparison.rivals().size()));
    }
  }

  private static void fail(String problem) {
    throw new TrainingFailedException(problem);
  }
}
