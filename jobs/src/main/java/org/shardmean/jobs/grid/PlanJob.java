package org.shardmean.jobs.grid;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.data.Dataset;
import org.shardmean.experiment.Calibration;
import org.shardmean.experiment.Calibrator;
import org.shardmean.experiment.Forecast;
import org.shardmean.experiment.GridCosts;
import org.shardmean.experiment.PlannedTraining;
import org.shardmean.experiment.PointRecord;
import org.shardmean.experiment.SavedPoints;
import org.shardmean.jobs.command.GeneralSettings;
import org.shardmean.jobs.command.Job;
import org.shardmean.jobs.command.SparkJob;
import org.shardmean.jobs.console.Terminal;
import org.shardmean.jobs.data.DataLoading;
import org.shardmean.report.RecordedSentences;
import org.shardmean.report.Texts;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.Language;
import org.shardmean.run.RunConfig;
import org.shardmean.settings.DataShape;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.Setting;
import org.shardmean.settings.SettingGroup;
import org.shardmean.settings.Slots;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.ValueReader;
import org.shardmean.spark.Cluster;
import org.shardmean.spark.TrainingRun;

/** {@code plan}: what a training will take, and what fewer or more workers would change. */
public final class PlanJob implements Job {
  private static final Setting<String> FROM =
      Setting.of(
          "from",
          "DIR",
          ValueReader.text(),
          "The folder of a grid whose points tell what training takes, and how accurate it is; then"
              + " nothing is measured. The data is the grid's.");

  private static final Setting<Integer> IMAGES =
      Setting.of(
          "images",
          "N",
          ValueReader.wholeNumber(1),
          "Training images in an epoch. Default: those of the data.");

  private static final Setting<Integer> CORES =
      Setting.of(
          "cores",
          "N",
          ValueReader.wholeNumber(1),
          "Task slots of the cluster to plan for. Default: those of this cluster; with --from, one"
              + " for each worker.");

  private static final Setting<Double> BANDWIDTH =
      Setting.of(
          "bandwidth",
          "RATE",
          PlanJob::bitsPerSecond,
          "With --from: the speed of the driver's network link, such as 10gbit or 800mbit. Default:"
              + " that of the grid's cluster.");

  private static final Setting<Double> PRICE =
      Setting.of(
          "price-per-core-hour",
          "PRICE",
          ValueReader.aboveZero(),
          "What a core costs an hour, in any currency.");

  /** No forecast depends on when patience runs out, or on the executors' processors. */
  private static final List<Setting<?>> MEANINGLESS =
      List.of(TrainSettings.PATIENCE, TrainSettings.SAME_BITS);

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public String summary() {
    return "Says how long train would take, here or on a larger cluster, with fewer or more workers.";
  }

  @Override
  public List<SettingGroup> settings() {
    List<SettingGroup> groups = new ArrayList<>();
    groups.add(
        new SettingGroup(
            "Plan", List.of(FROM, IMAGES, CORES, BANDWIDTH, PRICE, TrainSettings.LANG)));
    TrainSettings.OF_A_TRAINING.forEach(group -> groups.add(group.without(MEANINGLESS)));
    groups.add(GeneralSettings.GENERAL);
    return groups;
  }

  @Override
  public List<String> examples() {
    return List.of(
        "--workers 4 --epochs 20",
        "--data generated:1000000 --layers 784-1000-10",
        "--from runs/rounds --workers 256 --images 60000000 --bandwidth 10gbit");
  }

  @Override
  public void run(GivenSettings given) throws IOException {
    if (given.find(FROM).isPresent()) {
      fromGrid(given);
    } else if (given.find(BANDWIDTH).isPresent()) {
      throw new ConfigurationException(
          given.problemWith(
              BANDWIDTH, "expected --from beside it, whose points tell what a link carries"));
    } else {
      measured(given);
    }
  }

  /** By a short measurement of this cluster, with the data's own images. */
  private static void measured(GivenSettings given) {
    try (JavaSparkContext spark = SparkJob.open("plan", given)) {
      Dataset dataset =
          new DataLoading(spark.hadoopConfiguration(), System.getenv(), System.err).load(given);
      Texts t = Terminal.texts(given.get(TrainSettings.LANG));
      dataset.notices().forEach(notice -> System.out.println(RecordedSentences.in(t, notice)));
      Cluster cluster = Cluster.of(spark);
      Slots slots = given.find(CORES).map(Slots::of).orElse(cluster.slots());
      PlannedTraining planned =
          PlannedTraining.of(given, shape(given, dataset), slots, workers -> slots.count());
      RunConfig config = planned.asked().config();
      Calibration costs =
          new Calibrator(spark, cluster, dataset.train(), config).measure(planned.batchSizes());
      PlanText text = new PlanText(planned.forecast(costs, List.of()), price(given), t);
      text.measured(spark.master(), costs).forEach(System.out::println);
      text.lines().forEach(System.out::println);
    }
  }

  /** By the points of a grid; needs no cluster. */
  private static void fromGrid(GivenSettings given) throws IOException {
    refuseData(given);
    SavedPoints saved = SavedPoints.read(new Configuration(), given.get(FROM));
    PointRecord first = saved.points().get(0);
    DataShape data =
        new DataShape(
            given.find(IMAGES).orElse(saved.data().trainExamples()),
            saved.data().height() * saved.data().width(),
            saved.data().classes());
    PlannedTraining planned =
        PlannedTraining.of(
            given.under(TrainSettings.DATA, first.point().setup().data(), "the grid"),
            data,
            new Slots(first.cores(), "the grid's task slots"),
            workers -> given.find(CORES).orElse(workers));
    GridCosts costs = new GridCosts(saved, given.find(BANDWIDTH).orElse(0.0));
    Forecast forecast = planned.forecast(costs, saved.points());
    if (forecast.asked().epoch().unknown().isPresent()) {
      throw new ConfigurationException(
          "--from %s: expected points that tell what this training takes, but %s; give other settings, or run a grid that has these"
              .formatted(
                  given.get(FROM),
                  forecast.asked().epoch().unknown().get().in(Texts.of(Language.EN))));
    }
    PlanText text =
        new PlanText(forecast, price(given), Terminal.texts(given.get(TrainSettings.LANG)));
    text.fitted(costs, saved).forEach(System.out::println);
    text.lines().forEach(System.out::println);
  }

  private static void refuseData(GivenSettings given) {
    if (given.isOnCommandLine(TrainSettings.DATA)) {
      throw new ConfigurationException(
          given.problemWith(
              TrainSettings.DATA,
              "expected no data beside --from, whose points have their own; leave it out"));
    }
  }

  private static DataShape shape(GivenSettings given, Dataset dataset) {
    DataShape shape =
        TrainingRun.Parts.of(
                dataset,
                given.get(TrainSettings.VALIDATION).heldOut(),
                given.get(TrainSettings.SEED))
            .shape();
    return new DataShape(
        given.find(IMAGES).orElse(shape.trainExamples()), shape.inputs(), shape.classes());
  }

  private static double price(GivenSettings given) {
    return given.find(PRICE).orElse(0.0);
  }

  private static double bitsPerSecond(String text) {
    String written = text.trim().toLowerCase(Locale.ROOT);
    for (String unit : List.of("gbit", "mbit", "kbit")) {
      if (written.endsWith(unit)) {
        String number = written.substring(0, written.length() - unit.length());
        double factor = unit.equals("gbit") ? 1e9 : unit.equals("mbit") ? 1e6 : 1e3;
        return ValueReader.aboveZero().read(number) * factor;
      }
    }
    throw new IllegalArgumentException(
        "expected a bandwidth such as 10gbit or 800mbit, found '" + text + "'");
  }
}
