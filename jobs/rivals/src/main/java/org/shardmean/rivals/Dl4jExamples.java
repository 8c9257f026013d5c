package org.shardmean.rivals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.shardmean.data.ExampleSource;
import org.shardmean.data.ImageSet;
import org.shardmean.metrics.ConfusionMatrix;

/** Images as DL4J takes them: by row, from 0 to 1, labels one-hot. */
final class Dl4jExamples {
  private static final int SCORED_AT_ONCE = 1000;

  private Dl4jExamples() {}

  /** A minibatch of the images from {@code from} to, not including, {@code end}. */
  static DataSet batch(ImageSet images, int from, int end) {
    int count = end - from;
    float[] labels = new float[count * images.classes()];
    for (int row = 0; row < count; row++) {
      labels[row * images.classes() + images.label(from + row)] = 1;
    }
    return new DataSet(
        features(images, from, end),
        Nd4j.createFromArray(labels).reshape('c', count, images.classes()));
  }

  private static INDArray features(ImageSet images, int from, int end) {
    float[] pixels = new float[(end - from) * images.pixels()];
    for (int row = 0; row < end - from; row++) {
      images.scaleInto(from + row, pixels, row * images.pixels());
    }
    return Nd4j.createFromArray(pixels).reshape('c', end - from, images.pixels());
  }

  /** Classifies each image once. */
  static ConfusionMatrix score(MultiLayerNetwork network, ExampleSource images) {
    Confusions counted = new Confusions(images.classes());
    for (int from = 0; from < images.count(); from += SCORED_AT_ONCE) {
      int end = Math.min(images.count(), from + SCORED_AT_ONCE);
      ImageSet some = images.select(IntStream.range(from, end).toArray()).images();
      float[][] outputs = network.output(features(some, 0, some.count())).toFloatMatrix();
      for (int i = 0; i < outputs.length; i++) {
        counted.add(some.label(i), largest(outputs[i]));
      }
    }
    return counted.matrix();
  }

  private static int largest(float[] values) {
    if (!Float.isFinite(values[0])) {
      throw new IllegalStateException(
          "its training diverged: an output is " + Arrays.toString(values));
    }
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      largest = values[i] > values[largest] ? i : largest;
    }
    return largest;
  }
}
