package org.shardmean.train;

import java.util.SplittableRandom;
import org.shardmean.data.ImageSet;
import org.shardmean.model.InitialParameters;
import org.shardmean.model.ModelSpec;

/** Small, seeded examples with something to learn in them, for the engines' tests. */
final class TrainingExamples {
  private TrainingExamples() {}

  /** Images of one row of pixels: mostly background, with ink where the label's pixels are. */
  static ImageSet digits(int count, int pixels, int classes, long seed) {
    return digits(count, pixels, classes, 0.3, seed);
  }

  /** As these, but with ink only where the label's pixels are: as sparse as MNIST and more. */
  static ImageSet faintDigits(int count, int pixels, int classes, long seed) {
    return digits(count, pixels, classes, 0, seed);
  }

  private static ImageSet digits(int count, int pixels, int classes, double noise, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return ImageSet.paint(
        count,
        1,
        pixels,
        classes,
        (i, into, at) -> {
          int label = random.nextInt(classes);
          for (int p = 0; p < pixels; p++) {
            boolean inked = p % classes == label || random.nextDouble() < noise;
            into[at + p] = (byte) (inked ? random.nextInt(256) : 0);
          }
          return label;
        });
  }

  /** A batch of the examples {@code from … from + count - 1}. */
  static Batch batch(ImageSet digits, int from, int count) {
    return filled(new Batch(count, digits.pixels()), digits, from, count);
  }

  /** The same, with the targets of a network that is no classifier. */
  static Batch batch(ModelSpec spec, ImageSet digits, int from, int count) {
    return filled(new Batch(count, spec), digits, from, count);
  }

  private static Batch filled(Batch batch, ImageSet digits, int from, int count) {
    batch.fill(digits, upTo(digits.count()), from, count);
    return batch;
  }

  static int[] upTo(int count) {
    return java.util.stream.IntStream.range(0, count).toArray();
  }

  /** The run's start, with biases that are not all zero. */
  static TrainingState start(ModelSpec spec, Optimizer optimizer) {
    float[] parameters = InitialParameters.draw(spec, 7);
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += (float) (0.01 * (random.nextDouble() - 0.5));
    }
    return TrainingState.initial(parameters, optimizer);
  }

  /** The length of the difference as a share of the length of {@code expected}. */
  static double relativeDistance(double[] expected, float[] actual) {
    double difference = 0;
    double length = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += (expected[i] - actual[i]) * (expected[i] - actual[i]);
      length += expected[i] * expected[i];
    }
    return Math.sqrt(difference / length);
  }
}
