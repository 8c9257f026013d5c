package org.shardmean.tests.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.shardmean.data.Dataset;
import org.shardmean.data.DownloadListener;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.GeneratedExamples;
import org.shardmean.data.ImageSet;
import org.shardmean.data.MnistLocation;
import org.shardmean.data.MnistUnavailableException;
import org.shardmean.settings.TrainSettings;

/** The same examples for every contender. */
final class BenchmarkData {
  /** Tells a contender, which runs in a folder of its own, where the project is. */
  static final String PROJECT_VARIABLE = "SHARDMEAN_HOME";

  static final Path PROJECT =
      Path.of(System.getenv().getOrDefault(PROJECT_VARIABLE, "..")).toAbsolutePath().normalize();

  private static final String GENERATED = "generated:";
  private static final long SEED = 42;

  private BenchmarkData() {}

  /**
   * As {@code --data} of {@code train}: {@code mnist} or {@code generated:N}.
   *
   * @throws MnistUnavailableException if MNIST is nowhere; it is not downloaded
   */
  static Dataset load(String data) throws MnistUnavailableException {
    if (data.startsWith(GENERATED)) {
      int count = Integer.parseInt(data.substring(GENERATED.length()));
      return Dataset.of(
          "generated",
          new GeneratedExamples(count, SEED, false),
          new GeneratedExamples(Math.max(10, count / 6), SEED, true));
    }
    return new MnistLocation(
            MnistLocation.searchPath(
                TrainSettings.MNIST_PATH.standard().orElseThrow(), PROJECT, System::getenv),
            Optional.empty())
        .load(new Configuration(), new DownloadListener() {});
  }

  static ImageSet all(ExampleSource examples) {
    return examples.select(IntStream.range(0, examples.count()).toArray()).images();
  }

  /** Some examples as DL4J takes them: images by row from 0 to 1, labels one-hot. */
  static DataSet dl4j(ImageSet digits, int[] chosen, int from, int end) {
    int count = end - from;
    float[] images = new float[count * digits.pixels()];
    float[] labels = new float[count * digits.classes()];
    for (int row = 0; row < count; row++) {
      digits.scaleInto(chosen[from + row], images, row * digits.pixels());
      labels[row * digits.classes() + digits.label(chosen[from + row])] = 1;
    }
    INDArray features = Nd4j.createFromArray(images).reshape('c', count, digits.pixels());
    return new DataSet(
        features, Nd4j.createFromArray(labels).reshape('c', count, digits.classes()));
  }

  /** Writes images, a byte a pixel, and labels, a byte each, for programs that are not Java. */
  static void write(ImageSet digits, Path images, Path labels) throws IOException {
    byte[] pixels = new byte[digits.count() * digits.pixels()];
    byte[] classes = new byte[digits.count()];
    for (int i = 0; i < digits.count(); i++) {
      digits.copyPixels(i, pixels, i * digits.pixels());
      classes[i] = (byte) digits.label(i);
    }
    Files.write(images, pixels);
    Files.write(labels, classes);
  }
}
