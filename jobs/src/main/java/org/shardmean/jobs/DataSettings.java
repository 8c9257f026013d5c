package org.shardmean.jobs;

import java.util.List;
import org.shardmean.run.Validation;

/** What there is to learn from. */
final class DataSettings {
  static final Setting<String> DATA =
      Setting.of(
          "data",
          "DATA",
          DataSettings::readData,
          "mnist: found along data/mnist, $MNIST_HOME, ../shared/mnist, else downloaded.",
          "generated[:N]: N training digits drawn by the program, 60000 unless said.",
          "Else a folder, on any Hadoop file system, that holds train-images-idx3-ubyte,"
              + " train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte, each"
              + " plain or .gz.");

  static final Setting<Validation> VALIDATION =
      Setting.of(
          "validation",
          "WHAT",
          ValueReader.of(Validation::parse),
          "What every epoch is scored on: test (the test images), or a share of the training images"
              + " held out, such as 0.1; then the test images are scored once, at the end.");

  static final Setting<String> MNIST_PATH =
      Setting.of(
          "mnist-path",
          "FOLDERS",
          ValueReader.text(),
          "Where MNIST is looked for, separated by commas; a relative folder starts from the"
              + " program's own.");

  static final SettingGroup TRAINING_DATA =
      new SettingGroup("Data", List.of(DATA, MNIST_PATH, VALIDATION));
  static final SettingGroup ANY_DATA = new SettingGroup("Data", List.of(DATA, MNIST_PATH));

  private static final String GENERATED = "generated";

  private DataSettings() {}

  private static String readData(String text) {
    String data = ValueReader.text().read(text).trim();
    if (data.startsWith(GENERATED + ":")) {
      ValueReader.wholeNumber(1).read(data.substring(GENERATED.length() + 1));
    }
    return data;
  }
}
