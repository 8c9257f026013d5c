package org.shardmean.jobs.model;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.data.Dataset;
import org.shardmean.data.TableAddress;
import org.shardmean.jobs.command.GeneralSettings;
import org.shardmean.jobs.command.SparkJob;
import org.shardmean.jobs.console.Terminal;
import org.shardmean.jobs.console.WrittenTo;
import org.shardmean.jobs.data.DataLoading;
import org.shardmean.model.ParameterLayout;
import org.shardmean.model.SavedModel;
import org.shardmean.report.Inspection;
import org.shardmean.report.InspectionReport;
import org.shardmean.report.Texts;
import org.shardmean.report.WeightImage;
import org.shardmean.run.RunDirectory;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.SettingGroup;
import org.shardmean.settings.TrainSettings;
import org.shardmean.spark.DataCensus;
import org.shardmean.spark.TrainingRun;

/** {@code inspect}: shows what data is and what a model is. */
public final class InspectJob implements SparkJob {
  private static final String PAGE = "inspect.html";
  private static final String DIGITS = "inspect.png";
  private static final String WEIGHTS = "weights.png";

  private static final int SAMPLES = 40;
  private static final int COLUMNS = 10;
  private static final int UNIT_COLUMNS = 16;
  private static final int SCALE = 2;

  @Override
  public String name() {
    return "inspect";
  }

  @Override
  public String summary() {
    return "Shows a dataset (counts, pixels, images), a table (its columns), or a saved model (layers, weights).";
  }

  @Override
  public List<SettingGroup> settings() {
    return List.of(
        new SettingGroup(
            TrainSettings.ANY_DATA.heading(),
            Stream.concat(
                    TrainSettings.ANY_DATA.settings().stream(), Stream.of(ModelUseSettings.SEED))
                .toList()),
        new SettingGroup(
            "Network (with --model alone, only the model is shown)",
            List.of(ModelUseSettings.MODEL, ModelUseSettings.IMAGE_SIZE)),
        new SettingGroup(
            "Output",
            List.of(ModelUseSettings.OUT_FOLDER, ModelUseSettings.OVERWRITE, TrainSettings.LANG)),
        GeneralSettings.GENERAL);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "",
        "--data ../fashion-mnist --out fashion",
        "--model runs/eight/model.zip --out runs/eight/inspected");
  }

  @Override
  public void run(JavaSparkContext spark, GivenSettings given) throws IOException {
    Configuration hadoop = spark.hadoopConfiguration();
    Optional<String> file = given.find(ModelUseSettings.MODEL);
    Optional<SavedModel> saved = file.map(path -> SavedModel.read(path, hadoop));
    boolean withData = file.isEmpty() || given.isOnCommandLine(TrainSettings.DATA);
    Terminal terminal = Terminal.of(System.getenv());
    Texts t = Terminal.texts(given.get(TrainSettings.LANG), terminal.charset());
    if (withData && TableAddress.isOne(given.get(TrainSettings.DATA))) {
      TableInspection.lines(DataLoading.tableAddress(given), t.ofRows(true))
          .forEach(System.out::println);
      return;
    }
    Optional<Inspection.Data> data = withData ? Optional.of(data(spark, given)) : Optional.empty();
    Inspection inspection =
        new Inspection(data, saved.map(model -> model(given, file.orElseThrow(), model, data)));

    InspectionText.of(inspection, terminal, t).lines().forEach(System.out::println);
    if (given.find(ModelUseSettings.OUT_FOLDER).isPresent()) {
      write(inspection, given, hadoop, t);
    }
  }

  private static Inspection.Data data(JavaSparkContext spark, GivenSettings given) {
    Dataset dataset =
        new DataLoading(spark.hadoopConfiguration(), System.getenv(), System.err).loadThat(given);
    return new Inspection.Data(
        dataset.name(),
        dataset.notices(),
        DataCensus.of(spark, dataset.train()),
        DataCensus.of(spark, dataset.test()),
        TrainingRun.samples(dataset.train(), SAMPLES));
  }

  /** The data's image size where it fits, else what was given, else a square. */
  private static Inspection.Model model(
      GivenSettings given, String file, SavedModel model, Optional<Inspection.Data> data) {
    Optional<Inspection.ImageSize> size =
        given.find(ModelUseSettings.IMAGE_SIZE).isPresent()
            ? Optional.of(ModelImages.size(given, model.spec()))
            : data.map(d -> new Inspection.ImageSize(d.train().height(), d.train().width()))
                .filter(s -> s.height() * s.width() == model.spec().inputs())
                .or(() -> ModelImages.square(model.spec()));
    return new Inspection.Model(file, model, size);
  }

  private static void write(
      Inspection inspection, GivenSettings given, Configuration hadoop, Texts t)
      throws IOException {
    RunDirectory out =
        RunDirectory.createFor(
            hadoop,
            given.get(ModelUseSettings.OUT_FOLDER),
            List.of(PAGE, DIGITS, WEIGHTS),
            given.isOn(ModelUseSettings.OVERWRITE));
    if (inspection.data().isPresent()) {
      out.write(DIGITS, inspection.data().get().sheet(COLUMNS, SCALE));
    }
    if (inspection.model().flatMap(Inspection.Model::size).isPresent()) {
      out.write(WEIGHTS, weights(inspection.model().get()));
    }
    out.write(PAGE, InspectionReport.render(inspection, given.get(TrainSettings.LANG)));
    System.out.println();
    System.out.println(t.text("console.written", WrittenTo.path(out, PAGE)));
  }

  private static byte[] weights(Inspection.Model model) {
    Inspection.ImageSize size = model.size().orElseThrow();
    return WeightImage.sheet(
        WeightImage.ofFirstLayer(
            new ParameterLayout(model.saved().spec()),
            model.saved().parameters(),
            size.height(),
            size.width()),
        UNIT_COLUMNS,
        SCALE);
  }
}
