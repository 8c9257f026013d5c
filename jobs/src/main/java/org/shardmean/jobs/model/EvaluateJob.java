package org.shardmean.jobs.model;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.data.DataException;
import org.shardmean.data.Dataset;
import org.shardmean.data.ExampleSource;
import org.shardmean.jobs.command.GeneralSettings;
import org.shardmean.jobs.console.ScoreTable;
import org.shardmean.jobs.console.Terminal;
import org.shardmean.jobs.console.WrittenTo;
import org.shardmean.jobs.data.DataLoading;
import org.shardmean.metrics.Residuals;
import org.shardmean.metrics.Score;
import org.shardmean.model.ModelSpec;
import org.shardmean.model.SavedModel;
import org.shardmean.report.ConfusionCsv;
import org.shardmean.report.EvaluationJson;
import org.shardmean.report.RecordedSentences;
import org.shardmean.report.Texts;
import org.shardmean.run.RunDirectory;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.Setting;
import org.shardmean.settings.SettingGroup;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.ValueReader;
import org.shardmean.spark.Evaluation;

/** {@code evaluate}: scores a saved model on a dataset. */
public final class EvaluateJob implements ModelJob {
  static final String EVALUATION = "evaluation.json";

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public String summary() {
    return "Scores a saved model on a dataset's images or a table's rows, with the confusion matrix.";
  }

  @Override
  public List<SettingGroup> settings() {
    return List.of(
        ModelUseSettings.NETWORK,
        ModelUseSettings.SCORED_DATA,
        ModelUseSettings.SCORED,
        ModelUseSettings.FOLDER,
        GeneralSettings.GENERAL);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "--model runs/eight/model.zip",
        "--model runs/eight/model.zip --part train --out runs/eight/on-train",
        "--model runs/eight/model.zip --data ../fashion-mnist",
        "--model runs/people/model.zip --data others.csv");
  }

  @Override
  public List<Setting<?>> required() {
    return List.of(ModelUseSettings.MODEL);
  }

  @Override
  public boolean takesAnyNetwork() {
    return true;
  }

  @Override
  public void run(JavaSparkContext spark, GivenSettings given, SavedModel model)
      throws IOException {
    if (model.table().isPresent()) {
      TableEvaluation.run(spark, given, model);
      return;
    }
    String file = given.get(ModelUseSettings.MODEL);
    Configuration hadoop = spark.hadoopConfiguration();
    Dataset dataset = new DataLoading(hadoop, System.getenv(), System.err).loadThat(given);
    ModelUseSettings.DataPart part = given.get(ModelUseSettings.PART);
    ExampleSource images =
        part == ModelUseSettings.DataPart.TRAIN ? dataset.train() : dataset.test();
    requireFit(file, model.spec(), dataset.name(), images);
    Optional<RunDirectory> out = directory(given, hadoop);

    EvaluationJson.Subject subject =
        new EvaluationJson.Subject(
            file,
            model,
            dataset.name(),
            dataset.isMnist(),
            ValueReader.written(part),
            images.height(),
            images.width(),
            dataset.notices());
    Score score = score(spark, given, model, images);
    Texts t = Terminal.texts(given.get(TrainSettings.LANG), Terminal.of(System.getenv()).charset());
    print(subject, score, t);
    if (out.isPresent()) {
      write(out.get(), subject, score, List.of());
      System.out.println();
      System.out.println(t.text("console.written", WrittenTo.path(out.get(), EVALUATION)));
    }
  }

  static Score score(
      JavaSparkContext spark, GivenSettings given, SavedModel model, ExampleSource images) {
    try (Evaluation evaluation =
        new Evaluation(
            spark,
            model.spec(),
            given.get(ModelUseSettings.ENGINE),
            images,
            spark.defaultParallelism())) {
      return evaluation.score(model.parameters(), "evaluation");
    }
  }

  private static void requireFit(String file, ModelSpec spec, String data, ExampleSource images) {
    if (spec.inputs() != images.height() * images.width()) {
      throw new DataException(
          "%s: expected images of %,d pixels as the model has inputs, found %s with %dx%d; give the data it was trained on"
              .formatted(file, spec.inputs(), data, images.height(), images.width()));
    }
    if (!spec.isClassifier() && spec.outputs() != spec.inputs()) {
      throw new DataException(
          "%s: expected a classifier, or an autoencoder, with as many outputs as inputs, found a network of %s"
              .formatted(file, spec.written()));
    }
    if (spec.isClassifier() && spec.classes() < images.classes()) {
      throw new DataException(
          "%s: expected at most the model's %d classes, found %s with %d; give the data it was trained on"
              .formatted(file, spec.classes(), data, images.classes()));
    }
  }

  static Optional<RunDirectory> directory(GivenSettings given, Configuration hadoop) {
    return given
        .find(ModelUseSettings.OUT_FOLDER)
        .map(
            out ->
                RunDirectory.createFor(
                    hadoop,
                    out,
                    List.of(EVALUATION, RunDirectory.CONFUSION),
                    given.isOn(ModelUseSettings.OVERWRITE)));
  }

  static void printNotices(EvaluationJson.Subject subject, Texts t) {
    subject
        .notices()
        .forEach(notice -> System.out.println("*** " + RecordedSentences.in(t, notice) + " ***"));
  }

  private static void print(EvaluationJson.Subject subject, Score score, Texts t) {
    printNotices(subject, t);
    ModelSpec spec = subject.model().spec();
    System.out.println(
        t.text(
            "console.scoredModel",
            subject.modelFile(),
            spec.written(),
            t.number("%,d", spec.parameters())));
    System.out.println(
        t.text(
            "console.scoredData",
            subject.data(),
            t.number("%,d", score.examples()),
            t.text(subject.part().equals("train") ? "console.partTraining" : "console.partTest"),
            subject.height(),
            subject.width()));
    ScoreTable.of(score, t).lines().forEach(System.out::println);
  }

  static void write(
      RunDirectory out, EvaluationJson.Subject subject, Score score, List<Residuals> residuals)
      throws IOException {
    if (score.isOfClasses()) {
      out.write(
          RunDirectory.CONFUSION,
          ConfusionCsv.write(score.confusion(), subject.model()::className));
    }
    out.write(EVALUATION, EvaluationJson.write(subject, score, residuals));
  }
}
