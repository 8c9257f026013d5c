package org.shardmean.jobs.model;

import java.util.List;
import java.util.stream.Stream;
import org.shardmean.data.InvalidRows;
import org.shardmean.export.ExportFormat;
import org.shardmean.jobs.data.ModelFile;
import org.shardmean.report.Inspection;
import org.shardmean.settings.Setting;
import org.shardmean.settings.SettingGroup;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.ValueReader;
import org.shardmean.train.EngineKind;

/** What is done with a saved model, and where the answer goes. */
final class ModelUseSettings {
  static final Setting<String> MODEL = ModelFile.MODEL;

  static final Setting<DataPart> PART =
      Setting.oneOf("part", "NAME", DataPart.class, "Which images are scored")
          .withDefault(DataPart.TEST);

  static final Setting<EngineKind> ENGINE =
      TrainSettings.ENGINE.withHelp(
          "What computes the network's answers. " + ValueReader.oneOfWritten(EngineKind.class));

  static final Setting<Long> SEED =
      TrainSettings.SEED.withHelp(
          "Seed of the digits of --data generated: the training's own gives the same digits.");

  static final Setting<String> INPUT =
      Setting.of(
          "input",
          "PATH",
          ValueReader.text(),
          "An IDX file of images (plain or .gz), a PNG image, or a folder of PNG images, on any"
              + " Hadoop file system.",
          "For a network of a table: files *.parquet, *.csv, *.json or *.libsvm, a folder of them,"
              + " or a pattern.",
          "PNG images are made grey, inverted where their border is light, and fitted to the"
              + " network's size.");

  static final Setting<InvalidRows> UNANSWERED =
      TrainSettings.HANDLE_INVALID.withHelp(
          "What becomes of a table's rows that the network cannot take, because a value is missing"
              + " or invalid: the table is refused (error), or they are left out and counted (skip)."
              + " Default: they stay, without an answer.");

  static final Setting<Inspection.ImageSize> IMAGE_SIZE =
      Setting.of(
          "image-size",
          "HxW",
          ModelUseSettings::readSize,
          "Height and width of the network's images, which a model does not say. Default: square. An"
              + " IDX file says its own.");

  static final Setting<PredictionFormat> FORMAT =
      Setting.oneOf("format", "NAME", PredictionFormat.class, "What --out is")
          .withDefault(PredictionFormat.CSV);

  static final Setting<String> OUT_FILE =
      Setting.of(
          "out",
          "PATH",
          ValueReader.text(),
          "Where the predictions go, on any Hadoop file system: a CSV file, or a folder of Parquet"
              + " files, with the columns image, predicted, and p0, p1, ... for the probability of"
              + " each class; of a table with its own columns, prediction, and probability_...",
          "Without it only a summary is printed.");

  static final Setting<ExportFormat> EXPORT_FORMAT =
      Setting.oneOf(
              "format",
              "NAME",
              ExportFormat.class,
              "What is written: a graph for ONNX Runtime and its like, NumPy's arrays, a line for"
                  + " each parameter, or DL4J's own format")
          .withDefault(ExportFormat.ONNX);

  static final Setting<String> EXPORTED =
      OUT_FILE.withHelp("The file to write, on any Hadoop file system.");

  static final Setting<String> OUT_FOLDER =
      Setting.of(
          "out",
          "DIR",
          ValueReader.text(),
          "A folder for the files, on any Hadoop file system. Without it nothing is written.");

  static final Setting<Boolean> OVERWRITE =
      Setting.flag("overwrite", "Replace files of the same names in --out.");

  static final SettingGroup NETWORK = new SettingGroup("Network", List.of(MODEL));
  static final SettingGroup SCORED_DATA =
      new SettingGroup(
          TrainSettings.ANY_DATA.heading(),
          Stream.concat(
                  TrainSettings.ANY_DATA.settings().stream(),
                  Stream.of(TrainSettings.HANDLE_INVALID))
              .toList());
  static final SettingGroup SCORED = new SettingGroup("Scoring", List.of(PART, ENGINE, SEED));
  static final SettingGroup ASKED =
      new SettingGroup("Input", List.of(INPUT, UNANSWERED, IMAGE_SIZE, ENGINE));
  static final SettingGroup PREDICTIONS =
      new SettingGroup("Output", List.of(OUT_FILE, FORMAT, OVERWRITE, TrainSettings.LANG));
  static final SettingGroup EXPORT =
      new SettingGroup(
          "Output",
          List.of(
              EXPORTED,
              EXPORT_FORMAT,
              OVERWRITE.withHelp("Replace the file if it is there already.")));
  static final SettingGroup FOLDER =
      new SettingGroup("Output", List.of(OUT_FOLDER, OVERWRITE, TrainSettings.LANG));

  private ModelUseSettings() {}

  /** A part of a dataset. */
  enum DataPart {
    TRAIN,
    TEST
  }

  /** How predictions are written. */
  enum PredictionFormat {
    CSV,
    PARQUET
  }

  private static Inspection.ImageSize readSize(String text) {
    if (!text.trim().matches("[1-9][0-9]{0,4}x[1-9][0-9]{0,4}")) {
      throw new IllegalArgumentException(
          "expected a height and a width joined by 'x', such as 28x28, found '" + text + "'");
    }
    String[] sides = text.trim().split("x", -1);
    return new Inspection.ImageSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
  }
}
