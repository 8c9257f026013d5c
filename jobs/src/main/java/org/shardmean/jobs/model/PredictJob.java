package org.shardmean.jobs.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.shardmean.data.DataException;
import org.shardmean.data.GreyImage;
import org.shardmean.data.IdxReader;
import org.shardmean.data.ImageInput;
import org.shardmean.data.ImageSet;
import org.shardmean.data.PngReader;
import org.shardmean.jobs.command.GeneralSettings;
import org.shardmean.jobs.console.Terminal;
import org.shardmean.jobs.console.TextTable;
import org.shardmean.metrics.ClassifiedImage;
import org.shardmean.metrics.NamedImage;
import org.shardmean.model.SavedModel;
import org.shardmean.report.Inspection.ImageSize;
import org.shardmean.report.PredictionsCsv;
import org.shardmean.report.Texts;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.Setting;
import org.shardmean.settings.SettingGroup;
import org.shardmean.settings.TrainSettings;
import org.shardmean.spark.Classification;
import org.shardmean.spark.PredictionTable;
import org.shardmean.train.EngineKind;

/** {@code predict}: classifies images that have no labels, and answers rows of a table. */
public final class PredictJob implements ModelJob {
  /** Images that are drawn. */
  private static final int SHOWN = 5;

  @Override
  public String name() {
    return "predict";
  }

  @Override
  public String summary() {
    return "Answers images or rows of a table by a saved model, with the probability of every class.";
  }

  @Override
  public List<SettingGroup> settings() {
    return List.of(
        ModelUseSettings.NETWORK,
        ModelUseSettings.ASKED,
        ModelUseSettings.PREDICTIONS,
        GeneralSettings.GENERAL);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "--model runs/eight/model.zip --input digit.png",
        "--model runs/eight/model.zip --input scans --out predictions.csv",
        "--model model.zip --input t10k-images-idx3-ubyte.gz --format parquet --out predictions",
        "--model runs/people/model.zip --input new.csv --out answered.csv");
  }

  @Override
  public List<Setting<?>> required() {
    return List.of(ModelUseSettings.MODEL, ModelUseSettings.INPUT);
  }

  @Override
  public boolean takesAnyNetwork() {
    return true;
  }

  @Override
  public void run(JavaSparkContext spark, GivenSettings given, SavedModel model)
      throws IOException {
    Configuration hadoop = spark.hadoopConfiguration();
    if (model.table().isPresent()) {
      TablePrediction.run(given, model, hadoop);
      return;
    }
    requireClassifier(given, model);
    ImageInput input = ImageInput.find(given.get(ModelUseSettings.INPUT), hadoop);
    EngineKind engine = given.get(ModelUseSettings.ENGINE);
    if (input instanceof ImageInput.Idx idx) {
      ImageSet images = IdxReader.readImages(idx.file(), hadoop);
      requireFit(idx.file(), images, model);
      ImageSize size = new ImageSize(images.height(), images.width());
      ModelImages.requireSame(given, idx.file(), size);
      try (Classification found = Classification.of(spark, model, engine, images)) {
        answer(spark, given, found, size);
      }
    } else if (input instanceof ImageInput.Pngs pngs) {
      ImageSize size = ModelImages.size(given, model.spec());
      PngReader reader = new PngReader(size.height(), size.width());
      try (Classification found =
          Classification.ofPngs(spark, model, engine, pngs.files(), reader)) {
        answer(spark, given, found, size);
      }
    }
  }

  /** Writes only when every image has been classified. */
  private static void answer(
      JavaSparkContext spark, GivenSettings given, Classification found, ImageSize size)
      throws IOException {
    Optional<OutFile> out = OutFile.asked(given, spark.hadoopConfiguration());
    spark.setJobDescription("predictions");
    long[] counts = found.countsPerClass();
    Terminal terminal = Terminal.of(System.getenv());
    Texts t = Terminal.texts(given.get(TrainSettings.LANG), terminal.charset());
    System.out.print(drawn(found.first(SHOWN), size, terminal, t));
    System.out.println();
    summary(counts, t).forEach(System.out::println);
    if (out.isPresent()) {
      write(spark, given, found, out.get());
      System.out.println(t.text("console.written", out.get().shown()));
    }
  }

  private static void write(
      JavaSparkContext spark, GivenSettings given, Classification found, OutFile out)
      throws IOException {
    switch (given.get(ModelUseSettings.FORMAT)) {
      case CSV -> out.write(to -> PredictionsCsv.write(found.classes(), found.inOrder(), to));
      case PARQUET -> out.writeFolder(to -> PredictionTable.writeParquet(spark, found, to));
    }
  }

  private static String drawn(List<NamedImage> first, ImageSize size, Terminal terminal, Texts t) {
    return terminal
        .images()
        .draw(
            first.stream()
                .map(named -> new GreyImage(named.image().pixels(), size.height(), size.width()))
                .toList(),
            first.stream().map(NamedImage::image).map(image -> caption(image, t)).toList());
  }

  /** How many images were taken for each class. */
  private static List<String> summary(long[] counts, Texts t) {
    TextTable table =
        new TextTable(
            List.of(
                new TextTable.Column(t.text("console.predicted"), 0, 9),
                new TextTable.Column(t.text("classes.support"), 2, 6)));
    List<String> lines = new ArrayList<>(List.of(table.head()));
    for (int label = 0; label < counts.length; label++) {
      lines.add(table.row(List.of(String.valueOf(label), t.number("%,d", counts[label]))));
    }
    long all = Arrays.stream(counts).sum();
    lines.add(table.row(List.of(t.text("console.all"), t.number("%,d", all))));
    return lines;
  }

  private static String caption(ClassifiedImage image, Texts t) {
    return image.predicted() + " (" + t.number("%.1f%%", 100 * image.confidence()) + ")";
  }

  private static void requireFit(Path file, ImageSet images, SavedModel model) {
    if (images.pixels() != model.spec().inputs()) {
      throw new DataException(
          "%s: expected images of %,d pixels as the model has inputs, found %dx%d; give images like those it was trained on"
              .formatted(file, model.spec().inputs(), images.height(), images.width()));
    }
  }
}
